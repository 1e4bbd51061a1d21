import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { SMTPServer } from 'smtp-server';

import { type Bench, openBench, RULE } from './testing';

let bench: Bench;
afterEach(() => bench?.close());

describe('standalone’s evaluator', () => {
  it('fires after `for`, and is resolved when the value is good again', async () => {
    bench = await openBench();
    bench.values = { a: 11, b: 1 };
    const seen: string[][] = [];
    for (const value of [11, 11, 11, 1]) {
      bench.values = { a: value, b: 1 };
      await bench.later();
      seen.push(bench.states());
    }
    expect(seen.map(([a]) => a)).toEqual(['a=Pending', 'a=Pending', 'a=Alerting', 'a=Normal']);
    const [episode] = bench.alerting.history(10).episodes;
    expect(episode).toMatchObject({ rule: 'high', summary: 'a is 11', to: episode!.from + 10_000 });
  });

  it('a value that flaps faster than `for` tells nothing', async () => {
    bench = await openBench();
    for (const value of [11, 1, 11, 1, 11]) {
      bench.values = { a: value };
      await bench.later();
    }
    expect(bench.alerting.history(10).episodes).toEqual([]);
  });

  it.each(['none', 'refused', 'away'] as const)('keeps what fires while the answer is %s', async (wrong) => {
    bench = await openBench();
    bench.values = { a: 11 };
    for (let i = 0; i < 3; i++) {
      await bench.later();
    }
    bench.values = wrong;
    await bench.later();
    expect(bench.states()).toEqual([`a=Alerting (${wrong === 'none' ? 'NoData' : 'Error'}, KeepLast)`]);
    const errors = { none: null, refused: 'QUERY_TYPE: no such query', away: 'STORE_UNREACHABLE: the store is gone' };
    expect(bench.alerting.status()[0]!.instances[0]!.error).toBe(errors[wrong]);
    bench.values = { a: 11 };
    await bench.later();
    expect(bench.states()).toEqual(['a=Alerting']);
    expect(bench.alerting.history(10).episodes).toHaveLength(1);
  });

  it('keeps the state of the one whose value is not known, and judges the others', async () => {
    bench = await openBench();
    bench.values = { a: 11, b: 11 };
    await bench.later();
    await bench.later(20);
    bench.values = { a: null, b: 1 };
    await bench.later();
    await bench.later();
    expect(bench.states()).toEqual(['a=Alerting (NoData, KeepLast)', 'b=Normal']);
    bench.values = { a: 1, b: 1 };
    await bench.later();
    expect(bench.alerting.history(10).episodes).toHaveLength(2);
  });

  it('a restart in the middle of pending changes nothing', async () => {
    bench = await openBench();
    bench.values = { a: 11 };
    await bench.later();
    await bench.restart();
    expect(bench.states()).toEqual(['a=Pending']);
    await bench.later();
    await bench.restart();
    await bench.later();
    expect(bench.states()).toEqual(['a=Alerting']);
    await bench.restart();
    expect(bench.alerting.history(10).episodes).toMatchObject([{ rule: 'high', to: null }]);
  });

  it('ends what belongs to a rule that is gone', async () => {
    bench = await openBench();
    bench.values = { a: 11 };
    await bench.later();
    await bench.later(20);
    writeFileSync(join(bench.folder, 'rules/rules.yaml'), RULE.replace('uid: high', 'uid: other'));
    await bench.restart();
    expect(bench.states()).toEqual([]);
    expect(bench.alerting.history(10).episodes).toMatchObject([{ to: bench.now, reason: 'RuleDeleted' }]);
  });

  it('goes on with the rules that are sound, and says what is wrong with the others', async () => {
    bench = await openBench({ 'good.yaml': RULE, 'bad.yaml': RULE.replace('condition: B', 'condition: Z') });
    bench.values = { a: 1 };
    await bench.later();
    expect(bench.states()).toEqual(['a=Normal']);
    expect(bench.alerting.overview().problems).toEqual([
      expect.stringMatching(/^ALERT_RULE_FORM rules\/bad\.yaml:9 `Z` is no refId/),
    ]);
  });

  it('begins anew when its memory cannot be read, and keeps the file', async () => {
    bench = await openBench();
    bench.values = { a: 11 };
    await bench.later();
    await bench.alerting.stop();
    const path = join(bench.folder, 'data/alerting/states.json');
    writeFileSync(path, '{"version": 1, "sta');
    await bench.restart();
    writeFileSync(path, '{"version": 1, "sta');
    expect(bench.states()).toEqual(['a=Pending']);
    bench.alerting.stop = async () => undefined;
    await bench.restart();
    expect(bench.states()).toEqual([]);
    expect(bench.alerting.overview().problems).toEqual([expect.stringContaining('states begin anew')]);
    expect(existsSync(`${path}.unreadable`)).toBe(true);
  });

  it('leaves the rules to a process that evaluates them already', async () => {
    bench = await openBench();
    await bench.alerting.stop();
    writeFileSync(join(bench.folder, 'data/alerting/evaluator.lock'), String(process.ppid));
    await bench.restart();
    expect(bench.alerting.overview().waiting).toContain(`Process ${process.ppid} evaluates the rules`);
  });

  it('waits until there is something to ask about', async () => {
    bench = await openBench(undefined, {}, { ready: () => 'The history is read' });
    expect(bench.alerting.overview()).toMatchObject({ waiting: 'The history is read', firing: 0 });
  });

  it('without rules says nothing and writes nothing', async () => {
    bench = await openBench({});
    expect(bench.alerting.overview()).toEqual({
      firing: 0,
      pending: 0,
      waiting: '',
      problems: [],
      channels: [],
      undelivered: [],
    });
    expect(existsSync(join(bench.folder, 'data'))).toBe(false);
  });
});

interface Hook {
  url: string;
  /** what it answers */
  status: number;
  heard: Array<{ key: string; authorization: string; body: Record<string, unknown> }>;
  close(): Promise<void>;
}

async function openHook(): Promise<Hook> {
  const server = createServer((request: IncomingMessage, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      const { authorization = '' } = request.headers;
      hook.heard.push({ key: String(request.headers['idempotency-key']), authorization, body: JSON.parse(text) });
      response.writeHead(hook.status).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const hook: Hook = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?key=sesame-open`,
    status: 200,
    heard: [],
    close: () => new Promise((done) => server.close(() => done())),
  };
  return hook;
}

describe('messages', () => {
  const fire = async () => {
    bench.values = { a: 11, b: 12 };
    await bench.later();
    await bench.later();
    await bench.later();
  };

  it('go to a webhook in Grafana’s own form, once for firing and once for resolved', async () => {
    const hook = await openHook();
    bench = await openBench(undefined, { webhook: { url: hook.url, authorization: 'Bearer tell-me' } });
    await fire();
    await bench.later();
    bench.values = { a: 11, b: 1 };
    await bench.later();
    await bench.later();
    await hook.close();
    expect(hook.heard.map(({ body }) => [body.status, body.title])).toEqual([
      ['firing', 'High: 2 to look at'],
      ['resolved', 'Recovered: b is 1'],
    ]);
    expect(hook.heard[0]).toMatchObject({
      authorization: 'Bearer tell-me',
      body: {
        alerts: [
          {
            status: 'firing',
            labels: { alertname: 'High', kpi: 'a', severity: 'critical' },
            annotations: { summary: 'a is 11', link: 'http://kpi/d/kpi-detail?var-kpi=a' },
            values: { A: 11, B: 1 },
          },
          { labels: { kpi: 'b' } },
        ],
      },
    });
    // A text with a hole in it is left out.
    expect(JSON.stringify(hook.heard)).not.toMatch(/no value|driver/);
  });

  it('are one for a value that wavers between the threshold and the one it recovers at', async () => {
    const hook = await openHook();
    const recovers = RULE.replace('params: [10] }', 'params: [10] }, unloadEvaluator: { type: lt, params: [5] }');
    const { url } = hook;
    const titlesOf = async (rule: string) => {
      hook.heard.length = 0;
      bench = await openBench({ 'rules.yaml': rule.replace('for: 20s', 'for: 0s') }, { webhook: { url } });
      for (const value of [1, 11, 7, 11, 6, 9, 11, 4, 4]) {
        bench.values = { a: value };
        await bench.later();
      }
      await bench.close();
      return hook.heard.map(({ body }) => body.title);
    };
    expect(await titlesOf(recovers)).toEqual(['a is 11', 'Recovered: a is 4']);
    // The same values without that threshold.
    expect(await titlesOf(RULE)).toHaveLength(6);
    await hook.close();
  });

  it('tell of an engine that is away or refuses once, where the rule is to tell it, and when that is over', async () => {
    const hook = await openHook();
    const tells = RULE.replace('execErrState: KeepLast', 'execErrState: Error');
    bench = await openBench({ 'rules.yaml': tells }, { webhook: { url: hook.url } });
    for (const wrong of ['away', 'refused'] as const) {
      hook.heard.length = 0;
      bench.values = { a: 1 };
      await bench.later();
      bench.values = wrong;
      for (let i = 0; i < 5; i++) {
        await bench.later();
      }
      bench.values = { a: 1 };
      await bench.later();
      await bench.later();
      const [failed, over, ...more] = hook.heard.map(({ body }) => body);
      expect([failed!.status, over!.status, more]).toEqual(['firing', 'resolved', []]);
      expect(failed!.title).toMatch(/^Cannot be evaluated: /);
      expect(failed!.message).toContain(
        wrong === 'away' ? 'STORE_UNREACHABLE: the store is gone' : 'QUERY_TYPE: no such query'
      );
    }
    await hook.close();
  });

  it('of an escalation that ends say so, not that the KPI has recovered', async () => {
    const hook = await openHook();
    const ended = RULE.replace(
      '          link:',
      "          ended: 'Acknowledged or over: {{ $labels.kpi }}'\n          link:"
    );
    bench = await openBench({ 'rules.yaml': ended }, { webhook: { url: hook.url } });
    await fire();
    bench.values = { a: 1, b: 12 };
    await bench.later();
    await hook.close();
    expect(hook.heard[1]!.body).toMatchObject({ status: 'resolved', title: 'Acknowledged or over: a' });
  });

  it('are tried again, later and later, over a restart, and told once', async () => {
    const hook = await openHook();
    hook.status = 503;
    bench = await openBench(undefined, { webhook: { url: hook.url } });
    await fire();
    const [undelivered] = bench.alerting.overview().undelivered;
    expect(undelivered).toMatchObject({ channel: 'webhook', givenUp: false });
    expect(undelivered!.reason).toMatch(/^127\.0\.0\.1:\d+ answered 503$/);
    await bench.restart();
    hook.status = 200;
    await bench.later(60);
    await bench.later(3600);
    await hook.close();
    const keys = new Set(hook.heard.map(({ key }) => key));
    expect(keys.size).toBe(1);
    expect(hook.heard.filter((_, i) => i > 0).length).toBeGreaterThan(0);
    expect(bench.alerting.overview().undelivered).toEqual([]);
    const taken = hook.heard.length;
    await bench.restart();
    await bench.later(3600);
    expect(hook.heard).toHaveLength(taken);
  });

  it('hold no secret, nor does what is said when they fail', async () => {
    const hook = await openHook();
    await hook.close();
    bench = await openBench(undefined, { webhook: { url: hook.url } });
    await fire();
    const said = JSON.stringify(bench.alerting.overview());
    expect(said).toContain('ECONNREFUSED');
    expect(said).not.toContain('sesame');
    expect(readFileSync(join(bench.folder, 'data/alerting/states.json'), 'utf8')).not.toContain('sesame');
  });

  it('go by mail to a real server, whose refusal is told without the password', async () => {
    const mails: Array<{ to: string[]; text: string }> = [];
    let refuse = true;
    const server = new SMTPServer({
      authMethods: ['PLAIN'],
      hideSTARTTLS: true,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _, done) =>
        refuse || password !== 'hunter22'
          ? done(new Error(`no entry for ${username} with ${password}`))
          : done(null, { user: username }),
      onData(stream, { envelope }, done) {
        let text = '';
        stream.on('data', (part: Buffer) => (text += part.toString()));
        stream.on('end', () => {
          mails.push({ to: envelope.rcptTo.map(({ address }) => address), text });
          done();
        });
      },
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const { port } = server.server.address() as AddressInfo;
    bench = await openBench(undefined, {
      mail: {
        host: '127.0.0.1',
        port,
        tls: 'never',
        user: 'kpi',
        password: '${file:x}',
        from: 'KPI Monitor <kpi@example.com>',
        to: ['desk@example.com'],
      },
      resolve: (text) => (text === '${file:x}' ? 'hunter22' : text),
    });
    await fire();
    expect(bench.alerting.overview().undelivered[0]!.reason).toMatch(/no entry/);
    expect(JSON.stringify(bench.alerting.overview())).not.toContain('hunter22');
    refuse = false;
    await bench.later(60);
    bench.values = { a: 1, b: 1 };
    await bench.later();
    await new Promise<void>((closed) => server.close(() => closed()));
    expect(mails.map(({ to }) => to)).toEqual([['desk@example.com'], ['desk@example.com']]);
    expect(mails[0]!.text).toMatch(
      /Subject: High: 2 to look at[^]*a is 11[^]*http:\/\/kpi\/d\/kpi-detail\?var-kpi=3?D?a/
    );
    expect(mails[1]!.text).toMatch(/Subject: High: 2 recovered[^]*Recovered: a is 1/);
  });

  it('nobody is told when a secret is not set, and the page says so', async () => {
    const { KpiError } = await import('@kpi-monitor/model/errors');
    bench = await openBench(undefined, {
      webhook: { url: '${env:HOOK}' },
      resolve: () => {
        throw new KpiError('CONFIG_SECRET', 'the environment variable HOOK is not set');
      },
    });
    await fire();
    expect(bench.states()).toEqual(['a=Alerting', 'b=Alerting']);
    expect(bench.alerting.overview().problems).toEqual([expect.stringMatching(/^CONFIG_SECRET .*HOOK is not set/)]);
  });
});
