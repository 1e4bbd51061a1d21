/** What reaches people: the texts of the rules through Go's own template engine, with every one of them missing in turn. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { FEED_TEXTS, FORECAST_TEXTS, KPI_TEXTS } from '@kpi-monitor/model/query/alert-texts';
import { parse } from 'yaml';

import { need } from './support/need';

const FOLDER = join(__dirname, '../provisioning/alerting');
interface AlertingFile {
  groups?: Array<{ rules: Rule[] }>;
  templates?: Array<{ template: string }>;
}
const read = (name: string) => parse(readFileSync(join(FOLDER, name), 'utf8')) as AlertingFile;

interface Rule {
  uid: string;
  title: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  data: Array<{ refId: string; model: { about?: string } }>;
}
const rules = readdirSync(FOLDER)
  .filter((name) => name.startsWith('rules-'))
  .flatMap((name) => (read(name).groups ?? []).flatMap((group) => group.rules));
const templates = read('templates.yaml')
  .templates!.map(({ template }) => template)
  .join('\n');

interface Alert {
  Status: 'firing' | 'resolved';
  Labels: Record<string, string>;
  Annotations: Record<string, string>;
  Values: Record<string, { Labels: Record<string, string>; Value: number }>;
}

const go = need('go', 'messages through Go templates');

function render(cases: Array<{ Template: string; Alerts: Alert[] }>): string[] {
  const program = join(__dirname, 'support/render-messages.go');
  const input = JSON.stringify({ Templates: templates, Cases: cases });
  const env = { ...process.env, HOME: process.env.HOME ?? tmpdir(), GOFLAGS: '-mod=mod' };
  return JSON.parse(execFileSync(go!, ['run', program], { input, encoding: 'utf8', env, maxBuffer: 2 ** 26 }));
}

function textsOf(rule: Rule): Record<string, string> {
  const about = rule.data.find(({ refId }) => refId === 'C')!.model.about;
  return about === 'feed' ? FEED_TEXTS : about === 'forecast' ? { ...KPI_TEXTS, ...FORECAST_TEXTS } : KPI_TEXTS;
}

function alertOf(rule: Rule, texts: Record<string, string> | null, status: Alert['Status'] = 'firing'): Alert {
  const labels = { alertname: rule.title, kpi: 'revenue', owner: 'finance', ...rule.labels };
  const values: Alert['Values'] = { A: { Labels: { kpi: 'revenue' }, Value: 2 } };
  if (texts) {
    values.C = { Labels: texts, Value: 2 };
  }
  return { Status: status, Labels: labels, Annotations: rule.annotations, Values: values };
}

const without = (texts: Record<string, string>, name: string) =>
  Object.fromEntries(Object.entries(texts).filter(([key]) => key !== name));

const TEMPLATES = ['kpi.subject', 'kpi.message', 'kpi.chat'];

(go ? describe : describe.skip)('messages', () => {
  it('hold everything that the engine says about a KPI', () => {
    const critical = rules.find(({ uid }) => uid === 'kpi-status-critical')!;
    const [subject, message, chat] = render(
      TEMPLATES.map((Template) => ({ Template, Alerts: [alertOf(critical, KPI_TEXTS)] }))
    );
    expect(subject).toBe(
      'Revenue is critical: $2,240 in February 2026, 25 % below target, since January 2026, for 2 months'
    );
    expect(message)
      .toBe(`Revenue is critical: $2,240 in February 2026, 25 % below target, since January 2026, for 2 months
Value: $2,240 (February 2026)
Target: $3,000 (25 % below target)
Threshold: critical at $2,400 or below, normal above $2,700
Usually: $2,800 to $3,200
Unusual: below its usual range, the lowest of 14 months
Since: January 2026, for 2 months
Driver: West (region): -$680 of the -$760 against target, 89 %
Outlook: March on pace: landing at $2,974, target $3,000
Owner: finance, accountable: cfo
http://grafana.example.com/d/kpi-detail?var-kpi=revenue&from=1739000000000&to=1773000000000

All alerts: http://grafana.example.com/alerting/list`);
    // Chats show the subject above.
    expect(chat).toMatch(/^West \(region\).*\nhttp:/);
  });

  it('of several alerts are one digest, whose subject counts', () => {
    const digest = rules.filter(({ title }) => title === 'KPI digest');
    const alerts = digest.map((rule, i) => alertOf(rule, textsOf(rule), i === 0 ? 'resolved' : 'firing'));
    const [subject, message] = render(TEMPLATES.map((Template) => ({ Template, Alerts: alerts })));
    expect(subject).toBe(`KPI digest for finance: ${alerts.length - 1} to look at, 1 recovered`);
    expect(message).toMatch(/^Revenue: March on pace: .*Recovered: Revenue is critical/s);
  });

  it('have no empty place, whatever is missing', () => {
    const cases = rules.flatMap((rule) => {
      const texts = textsOf(rule);
      const kept = [...Object.keys(texts).map((name) => without(texts, name)), {}, null];
      return kept.flatMap((left) =>
        (['firing', 'resolved'] as const).flatMap((status) =>
          TEMPLATES.map((Template) => ({ Template, Alerts: [alertOf(rule, left, status)] }))
        )
      );
    });
    expect(cases.length).toBeGreaterThan(500);
    const rendered = render(cases);
    const bad = rendered.filter(
      (text) => text.trim() === '' || /\[no value\]|<no value>|<nil>|\(\)|: *\n|:$|, *$|\n\n\n/.test(text.trim())
    );
    expect(bad).toEqual([]);
  });

  it('say of an escalation that it has ended, not that the KPI has recovered', () => {
    const escalation = rules.find(({ uid }) => uid === 'kpi-escalation')!;
    const ended = alertOf(escalation, KPI_TEXTS, 'resolved');
    const [subject, message] = render(TEMPLATES.map((Template) => ({ Template, Alerts: [ended] })));
    expect(subject).toMatch(/^Acknowledged or over: Revenue is critical: \$2,240/);
    expect(message!.split('\n')[0]).toBe(subject);
  });

  it('tell when the engine is away, and of rules that somebody else wrote', () => {
    const [failed, own] = render([
      {
        Template: 'kpi.message',
        Alerts: [
          {
            Status: 'firing',
            Labels: { alertname: 'DatasourceError', rulename: 'KPI feed late' },
            Annotations: {
              ...rules.find(({ uid }) => uid === 'kpi-feed-late')!.annotations,
              Error: 'connection refused',
            },
            Values: {},
          },
        ],
      },
      {
        Template: 'kpi.message',
        Alerts: [{ Status: 'firing', Labels: { alertname: 'Mine' }, Annotations: { summary: 'Look' }, Values: {} }],
      },
    ]);
    expect(failed).toMatch(/^KPI feed late cannot be evaluated\nWhat failed: connection refused\n/);
    expect(own).toMatch(/^Look\n/);
  });
});
