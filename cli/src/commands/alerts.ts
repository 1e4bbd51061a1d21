/** `kpi alerts`: alert rules in Grafana that can be edited there. */
import { catalogueOf } from '../compose/catalogue';
import { readConfig } from '../config/read';
import { type GrafanaOptions, openGrafana } from '../grafana/client';
import { holidayTimings } from '../grafana/holidays';
import { installAlerts, type InstallOptions, listAlerts, ownersOf, removeAlerts, type Step } from '../grafana/install';
import { readAlertingFiles } from '../grafana/rule-files';
import { dim, green, yellow } from '../terminal/color';
import { table } from '../terminal/table';

import type { CommonOptions, Output } from './options';

export interface AlertsOptions extends CommonOptions, GrafanaOptions, InstallOptions {
  /** `--rules FOLDER` */
  rules?: string;
}

export async function alertsInstall(options: AlertsOptions, out: Output, env = process.env): Promise<number> {
  const config = readConfig(options);
  const grafana = openGrafana(options, env);
  const files = holidayTimings(readAlertingFiles(options.rules, env), config, Date.now());
  const steps = await installAlerts(grafana, files, ownersOf(catalogueOf(config).kpis), options);
  tell(steps, options, out);
  return 0;
}

export async function alertsRemove(options: AlertsOptions, out: Output, env = process.env): Promise<number> {
  const steps = await removeAlerts(openGrafana(options, env), readAlertingFiles(options.rules, env), options);
  tell(steps, options, out);
  return 0;
}

export async function alertsList(options: AlertsOptions, out: Output, env = process.env): Promise<number> {
  const rules = await listAlerts(openGrafana(options, env));
  if (options.json) {
    out.line(JSON.stringify({ rules }));
    return 0;
  }
  const rows = rules.map(({ uid, title, group, from, isPaused }) => {
    return [uid, title, group, from === 'file' ? 'from a file' : 'yours to edit', isPaused ? 'paused' : ''];
  });
  out.line(rows.length > 0 ? table(['uid', 'title', 'group', 'edited', ''], rows) : 'no rule asks KPI Monitor yet');
  return 0;
}

function tell(steps: readonly Step[], { json, dryRun }: AlertsOptions, out: Output): void {
  if (json) {
    out.line(JSON.stringify({ dryRun: dryRun === true, steps }));
    return;
  }
  const PAINT = { created: green, updated: yellow, removed: yellow, kept: dim };
  steps.forEach(({ what, name, done }) => out.line(`${PAINT[done](done.padEnd(8))} ${what} ${name}`));
  const changed = steps.filter(({ done }) => done !== 'kept').length;
  const would = dryRun ? ' would be done; nothing was, since this was a dry run' : ' done';
  out.line(`\n${changed} of ${steps.length}${would}`);
}
