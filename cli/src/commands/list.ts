/** `kpi list`: the KPIs of the catalogue and, where an instance runs, where each stands. */
import type { QueryResponse } from '@kpi-monitor/model/query/frames';
import { STATUS_TEXT } from '@kpi-monitor/model/status';

import { ask } from '../compose/ask';
import { catalogueOf } from '../compose/catalogue';
import { reachInstance } from '../compose/instance';
import { type Standing, standingsOf } from '../compose/standings';
import { readConfig } from '../config/read';
import { dim } from '../terminal/color';
import { statusColored } from '../terminal/status-color';
import { table } from '../terminal/table';

import type { CommonOptions, Output } from './options';

export async function list(options: CommonOptions, out: Output): Promise<number> {
  const config = readConfig(options);
  const catalogue = catalogueOf(config);
  const instance = await reachInstance(config.dataFolder);
  const standings = instance
    ? await standingsOf((body) => ask<QueryResponse>(instance, 'POST', '/api/ds/query', body))
    : new Map<string, Standing>();
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
  out.line(statusColored(table(head, rows)));
  out.line(
    dim(
      instance ? `\nan instance runs at ${instance.url}` : '\nno instance runs: start one with `kpi run` to see values'
    )
  );
  return 0;
}
