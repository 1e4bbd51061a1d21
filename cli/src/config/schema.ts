/** The form of `kpi-monitor.yaml`. Every text may refer to a secret: `${env:NAME}` or `${file:PATH}`. */
import { z } from 'zod';

const duration = z
  .string()
  .regex(/^\d+\s*(ms|s|m|h|d|w)$/)
  .describe('a number and one of ms, s, m, h, d, w');

const token = z
  .strictObject({
    name: z.string().min(1).describe('of the client, for logs; two with one name let the old token go on for a while'),
    token: z.string().min(1).optional().describe('the secret itself, by reference: ${env:KPI_ENGINE_TOKEN}'),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'write the 64 hexadecimal digits that `kpi token` gives')
      .optional()
      .describe('in place of the secret: its hash, as `kpi token` gives it'),
    scopes: z.array(z.enum(['read', 'write', 'admin', 'push', 'act-as'])).min(1),
    kpis: z
      .array(z.string().regex(/^[a-z][a-z0-9_]*\*?$/, 'write ids, or their beginnings as `shop_*`'))
      .min(1)
      .optional()
      .describe('what it may push: ids, or their beginnings as `shop_*`; everything when absent'),
    until: z.iso.date().optional().describe('the last day on which it counts, in the business zone'),
  })
  .refine((t) => (t.token === undefined) !== (t.sha256 === undefined), 'give either `token` or `sha256`');

const tls = z.strictObject({
  certificate: z.string().min(1).describe('file with the certificate and those between it and its authority, PEM'),
  key: z.string().min(1).describe('file with its key, PEM'),
});

const duckdb = z.strictObject({
  kind: z.literal('duckdb'),
  path: z.string().default('.kpi/kpi.duckdb').describe('file, relative to this one'),
  memory_limit: z.string().optional(),
});

const influxdb = z.strictObject({
  kind: z.literal('influxdb'),
  url: z.string().min(1).describe('http://host:8086'),
  token: z.string().describe('best by reference: ${env:INFLUX_TOKEN}'),
  org: z.string().optional(),
  bucket: z.string().default('kpi'),
  meta_bucket: z.string().default('kpi_meta').describe('references, notes and audit: a bucket without retention'),
});

const postgres = z.strictObject({
  kind: z.literal('postgres'),
  url: z.string().describe('postgres://user:password@host:5432/database, best by reference'),
});

const mysql = z.strictObject({
  kind: z.literal('mysql').describe('MySQL or MariaDB'),
  url: z.string().describe('mysql://user:password@host:3306/database, best by reference'),
  tls: z.boolean().default(false).describe("encrypted, and the server's certificate checked"),
  time_zone: z
    .enum(['business', 'server'])
    .default('business')
    .describe("of the session; `server` leaves it as it is, where the server's zone tables are empty"),
});

const sqliteFile = z.strictObject({
  kind: z.literal('sqlite'),
  path: z.string().min(1).describe('file, relative to this one; opened read-only'),
});

const duckdbFile = z.strictObject({
  kind: z.literal('duckdb'),
  path: z.string().min(1).describe('file, relative to this one; opened read-only, while nobody writes it'),
});

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time of day is written HH:MM');
const workingHours = z
  .strictObject({ from: timeOfDay, to: timeOfDay })
  .refine(({ from, to }) => from < to, 'the working day has to end after it begins');

const mail = z.strictObject({
  host: z.string().min(1),
  port: z.int().min(1).max(65535).default(587),
  tls: z
    .enum(['required', 'always', 'optional', 'never'])
    .default('required')
    .describe(
      'by STARTTLS, from the first byte (port 465), where the server can, or not at all (a relay on this machine)'
    ),
  user: z.string().optional(),
  password: z.string().optional().describe('best by reference: ${env:SMTP_PASSWORD}'),
  from: z.string().min(3).describe('KPI Monitor <kpi@example.com>'),
  to: z.array(z.string().min(3)).min(1).describe('who is told of alerts by standalone; Grafana has contact points'),
});

const webhook = z.strictObject({
  url: z.string().min(1).describe('where standalone posts alerts to; best by reference when it holds a secret'),
  authorization: z.string().optional().describe('the header, best by reference: Bearer ${env:HOOK_TOKEN}'),
});

export const configSchema = z.strictObject({
  version: z.literal(1).default(1),
  catalogue: z.string().default('kpis').describe('folder of KPI files, relative to this one'),
  zone: z.string().default('UTC').describe('IANA time zone of the business'),
  calendar: z
    .strictObject({
      week_start: z.int().min(1).max(7).default(1).describe('1 Monday … 7 Sunday'),
      fiscal_year_start: z.int().min(1).max(12).default(1).describe('first month'),
      fiscal_year_named_by: z.enum(['end', 'start']).default('end'),
      working_days: z.array(z.int().min(1).max(7)).default([1, 2, 3, 4, 5]),
      holidays: z
        .union([z.string(), z.array(z.iso.date())])
        .optional()
        .describe('a country or region (US, DE-BY), or dates'),
      working_hours: workingHours.default({ from: '09:00', to: '17:00' }).describe('what escalations are counted in'),
      locale: z.string().default('en-US'),
    })
    .prefault({}),
  store: z.discriminatedUnion('kind', [duckdb, influxdb]).prefault({ kind: 'duckdb' }),
  data: z.string().default('.kpi').describe('folder for dead letters and the lock file, relative to this one'),
  shard: z
    .strictObject({
      index: z.int().min(0).describe('from 0'),
      of: z.int().min(1).max(9999),
    })
    .optional()
    .describe('which part of the KPIs is read here, where several collectors share a catalogue; also --shard 1/3'),
  journal: z
    .strictObject({
      max_bytes: z
        .int()
        .min(1024 ** 2)
        .default(8 * 1024 ** 3)
        .describe('bytes that may wait on disk for the store'),
      max_age: duration.default('30d').describe('how long a value may wait'),
      when_full: z
        .enum(['refuse', 'drop_oldest'])
        .default('refuse')
        .describe('refuse new values, so that nothing accepted is lost, or give up the oldest'),
    })
    .prefault({}),
  rules: z
    .string()
    .optional()
    .describe('folder of alert rule files that standalone evaluates, relative to this one; its own when absent'),
  mail: mail.optional(),
  webhook: webhook.optional(),
  connections: z
    .record(z.string(), z.discriminatedUnion('kind', [postgres, mysql, sqliteFile, duckdbFile]))
    .default({})
    .describe('systems that sources read from, by the names that KPI files use'),
  http: z
    .strictObject({
      host: z.string().default('127.0.0.1'),
      port: z.int().min(0).max(65535).default(8484),
      tls: tls.optional().describe('answers https alone, TLS 1.2 or newer'),
      pushes_per_minute: z
        .int()
        .min(1)
        .default(600)
        .describe('of each client, and events of each address at each hook; the rest is told to wait'),
    })
    .prefault({}),
  tokens: z.array(token).default([]),
  log: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export type Config = z.output<typeof configSchema>;
