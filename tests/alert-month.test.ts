/**
 * A month that is critical, looked at four times a day, by the rule of the files on a real store: what is news in it. Grafana's part, which
 * is not to repeat what it has told, is in tests/grafana/alert-news.test.ts.
 */
import { join } from 'node:path';

import { askEngine } from '../standalone/alerting/ask';
import { createEvaluator } from '../standalone/alerting/evaluator';
import { writeLetter } from '../standalone/alerting/letter';
import { readRuleFiles } from '../standalone/alerting/rule-files';

import { type Example, openExample } from '../engine/test/company';

const ROOT = join(__dirname, '..');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let now = 0;
let example: Example;
beforeAll(async () => {
  example = await openExample({ clock: () => now });
});
afterAll(() => example.close());

const sell = (date: number, sold: Record<string, number>) =>
  example.store.write(
    Object.entries(sold).map(([region, value]) => ({ kpi: 'revenue', v: 1, dims: { region }, time: date, value }))
  );

it('February is critical all of March: two messages, also when it is restated', async () => {
  const { groups } = readRuleFiles({ folder: join(ROOT, 'provisioning/alerting'), root: ROOT, env: {} });
  const found = groups.find(({ rules }) => rules.some(({ uid }) => uid === 'kpi-status-critical'))!;
  const group = { ...found, rules: found.rules.filter(({ uid }) => uid === 'kpi-status-critical') };
  const ask = askEngine(example.engine, 'kpi');
  const evaluator = createEvaluator({ groups: [group], ask, externalURL: () => '', clock: () => now });
  const letters: string[] = [];
  const texts = new Set<string>();
  const seen = new Set<string>();
  for (now = Date.UTC(2026, 1, 27); now < Date.UTC(2026, 3, 4); now += 6 * HOUR) {
    if (now % DAY === 0 && now >= Date.UTC(2026, 2, 19) && now < Date.UTC(2026, 3, 2)) {
      await sell(now - DAY, { West: 60, East: 40 });
    }
    // Every third day of March a day of February turns out a little better, and it stays critical.
    if (now >= Date.UTC(2026, 2, 1) && now % (3 * DAY) === 0) {
      await sell(Date.UTC(2026, 1, 1) + ((now / DAY) % 28) * DAY, { West: 41 });
    }
    const { news } = await evaluator.evaluate(group, now);
    for (const { rule, news: all } of news) {
      const its = all.filter(({ instance }) => instance.labels.kpi === 'revenue');
      letters.push(...(its.length > 0 ? [writeLetter('mail', rule, its, now).title] : []));
    }
    const revenue = evaluator.status()[0]!.instances.find(({ labels }) => labels.kpi === 'revenue');
    if (revenue?.state === 'Alerting') {
      texts.add(revenue.annotations.summary!);
      seen.add(`${revenue.key} ${revenue.startsAt}`);
    }
  }
  expect(letters).toEqual([
    expect.stringMatching(/^Revenue is critical: \$2,2\d\d in February 2026/),
    expect.stringMatching(/^Recovered: Revenue is normal: \$3,\d\d\d in March 2026/),
  ]);
  // It was one alert, though what it says has changed.
  expect(texts.size).toBeGreaterThan(3);
  expect(seen.size).toBe(1);
});
