/** `kpi list`: the KPIs of the catalogue and, where an instance runs, where each stands. */
import type { QueryResponse, StatusRow } from '@kpi-monitor/model/query/frames';
import { STATUS_TEXT } from '@kpi-monitor/model/status';

import { ask } from '../compose/ask';
import { catalogueOf } from '../compose/catalogue';
import { type Instance, reachInstance } from '../compose/instance';
import { readConfig } from '../config/read';
import { dim, green, red, yellow } from '../terminal/color';
import { table } from '../terminal/table';

import type { CommonOptions, Output } from './options';

type Standing = Pick<StatusRow, 'kpi' | 'valueText' | 'periodText' | 'status'>;

export async function list(options: CommonOptions, out: Output): Promise<number> {
  const config = readConfig(options);
  const catalogue = catalogueOf(config);
  const instance = await reachInstance(config.dataFolder);
  const standings = instance ? await standingsOf(instance) : new Map<string, Standing>();
  if (options.json) {
    const kpis = catalogue.kpis.map((kpi) => ({
      id: kpi.id,
      name: kpi.name,
      category: kpi.category,
      tier: kpi.tier,
      judgedAt: kpi.judge.at,
      source: kpi.formula ? 'formula' : kpi.source?.kind,
      file: kpi.file,
      ...standings.get(kpi.id),
    }));
    out.line(JSON.stringify({ catalogue: catalogue.name, running: instance?.url ?? null, kpis }));
    return 0;
  }
  const rows = catalogue.kpis.map((kpi) => {
    const standing = standings.get(kpi.id);
    return [
      kpi.id,
      kpi.name,
      kpi.category,
      kpi.judge.at.replace('_', ' '),
      kpi.formula ? 'formula' : (kpi.source?.kind ?? ''),
      ...(standing ? [standing.valueText, standing.periodText, STATUS_TEXT[standing.status]] : []),
    ];
  });
  const head = [
    'id',
    'name',
    'category',
    'judged',
    'source',
    ...(standings.size > 0 ? ['value', 'period', 'status'] : []),
  ];
  out.line(colored(table(head, rows)));
  out.line(
    dim(
      instance ? `\nan instance runs at ${instance.url}` : '\nno instance runs: start one with `kpi run` to see values'
    )
  );
  return 0;
}

async function standingsOf(instance: Instance): Promise<Map<string, Standing>> {
  const { results } = await ask<QueryResponse>(instance, 'POST', '/api/ds/query', {
    queries: [{ refId: 'A', v: 1, type: 'status', select: {}, format: 'table' }],
    ...{ from: 'now-1y', to: 'now' },
  });
  const frame = results?.A?.frames?.[0];
  const column = (name: keyof StatusRow) => {
    const index = frame?.schema.fields.findIndex((field) => field.name === name) ?? -1;
    return (frame?.data.values[index] ?? []) as string[];
  };
  const [valueText, periodText, status] = [column('valueText'), column('periodText'), column('status')];
  return new Map(
    column('kpi').map((kpi, i) => [
      kpi,
      { kpi, valueText: valueText[i]!, periodText: periodText[i]!, status: status[i] as StatusRow['status'] },
    ])
  );
}

const COLORS: Array<[RegExp, (text: string) => string]> = [
  [/(Emergency|Critical)$/, red],
  [/(Warning|Late)$/, yellow],
  [/Normal$/, green],
];

function colored(text: string): string {
  return text
    .split('\n')
    .map((line) => COLORS.reduce((done, [pattern, paint]) => done.replace(pattern, (word) => paint(word)), line))
    .join('\n');
}
