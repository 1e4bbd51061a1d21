/** What `docker-compose.yml` promises: no default secrets, nothing published beyond this machine, health of every part. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { configSchema } from '@kpi-monitor/cli/config/schema';
import { parse } from 'yaml';

const ROOT = join(__dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

interface Service {
  environment: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  image: string;
  build?: { target: string };
  healthcheck?: unknown;
}

const { services } = parse(read('docker-compose.yml')) as { services: Record<string, Service> };
const dockerfile = read('Dockerfile');
const isOfMail = (name: string) => /^(GF_SMTP|KPI_ALERT)_/.test(name);

it('takes every secret from the environment, and none has a default', () => {
  const used = [...read('docker-compose.yml').matchAll(/\$\{(\w+)([^}]*)\}/g)];
  // What must be set says so; of mail, which may stay unset, nothing is given but that it is off.
  const given = used.filter(([, name, form]) => !form!.startsWith(':?') && !(isOfMail(name!) && form === ':-'));
  expect(given.map(([whole]) => whole)).toEqual(['${GF_SMTP_ENABLED:-false}']);
  const offered = [...read('.env.example').matchAll(/^(\w+)=(.*)$/gm)];
  expect(offered.map(([, name]) => name).sort()).toEqual([...new Set(used.map(([, name]) => name))].sort());
  expect(offered.filter(([, , value]) => value !== '')).toEqual([]);
  const secrets = Object.values(services).flatMap(({ environment }) =>
    Object.entries(environment).filter(([name]) => /TOKEN|PASSWORD/.test(name) && !isOfMail(name))
  );
  expect(secrets.filter(([, value]) => !/^\$\{\w+:\?/.test(value))).toEqual([]);
});

it('publishes ports on this machine alone', () => {
  const ports = Object.values(services).flatMap(({ ports: published = [] }) => published);
  expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  expect(ports.length).toBeGreaterThan(0);
});

it('knows whether each part is well', () => {
  for (const [name, { healthcheck, build }] of Object.entries(services)) {
    const inImage = new RegExp(`AS ${build?.target}\\n[^]*?HEALTHCHECK`).test(dockerfile);
    expect([name, healthcheck !== undefined || inImage]).toEqual([name, true]);
  }
});

it('builds from files that there are, with a configuration that is valid', () => {
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap((match) => match[1]!.split(' '));
  const mounted = Object.values(services)
    .flatMap(({ volumes = [] }) => volumes)
    .filter((volume) => volume.startsWith('./'))
    .map((volume) => volume.split(':')[0]!);
  expect([...copied, ...mounted].filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  expect(configSchema.safeParse(parse(read('docker/kpi-monitor.yaml'))).error).toBeUndefined();
  const referred = [...read('docker/kpi-monitor.yaml').matchAll(/\$\{env:(\w+)\}/g)].map(([, name]) => name!);
  expect(Object.keys(services.kpi!.environment)).toEqual(expect.arrayContaining(referred));
});

it('allows every plugin of ours, since none is signed, and the guide says the same', () => {
  const ids = readdirSync(join(ROOT, 'plugins')).filter((name) =>
    existsSync(join(ROOT, 'plugins', name, 'src/plugin.json'))
  );
  for (const file of ['Dockerfile', 'docs/install.md']) {
    const [, allowed] = /GF_PLUGINS_ALLOW_LOADING_UNSIGNED_PLUGINS=(\S+)/.exec(read(file))!;
    expect([file, allowed!.split(',').sort()]).toEqual([file, ids.sort()]);
  }
});

it('hands Grafana what the provisioning files ask for', () => {
  const files = ['datasources/kpi.yaml', 'dashboards/kpi.yaml', 'alerting/contact-points.yaml'];
  const asked = files.flatMap((path) =>
    [...read(`provisioning/${path}`).matchAll(/: '?\$(\w+),?'?$/gm)].map((match) => match[1]!)
  );
  const inImage = [...dockerfile.matchAll(/^(?:ENV )? *(\w+)=\S+/gm)].map((match) => match[1]!);
  expect(asked).toHaveLength(6);
  expect([...Object.keys(services.grafana!.environment), ...inImage]).toEqual(expect.arrayContaining(asked));
});
