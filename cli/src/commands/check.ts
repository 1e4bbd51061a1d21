/** `kpi check`: every mistake of the catalogue at once, each with file, line and remedy; and thresholds that chance crosses. */
import { readFileSync } from 'node:fs';

import { checkSources } from '@kpi-monitor/collector/sources/check';
import { type Problem, problemText } from '@kpi-monitor/model/catalogue/problem';
import { readYaml } from '@kpi-monitor/model/catalogue/yaml-file';
import { HISTORY_PERIODS } from '@kpi-monitor/model/judgement/assess';

import { calendarOf } from '../compose/calendar';
import { readCatalogueFolder } from '../compose/catalogue-folder';
import { sourceContext } from '../compose/sources';
import { type StoredValues, storedValues } from '../compose/stored-values';
import { readConfig } from '../config/read';
import { dim, green, red, yellow } from '../terminal/color';

import type { CommonOptions, Output } from './options';
import { thresholdNoise } from './threshold-noise';

/** @returns the exit code: 0 when nothing is wrong, else 1 */
export async function check(options: CommonOptions, out: Output, version: string): Promise<number> {
  const config = readConfig(options);
  const calendar = calendarOf(config);
  const { catalogue, problems } = readCatalogueFolder(config.catalogueFolder, calendar.fiscalYearStart);
  const found: Problem[] = [...problems];
  if (catalogue) {
    const mistakes = await checkSources(catalogue, sourceContext(config, calendar));
    found.push(
      ...mistakes.map(({ kpi, error }) => ({
        code: error.code,
        file: kpi.file,
        ...sourcePlace(kpi.file),
        message: error.message,
      }))
    );
  }
  // Thresholds of a catalogue that does not hold are not worth weighing yet.
  const stored =
    catalogue && found.length === 0
      ? await storedValues(config, catalogue, { periods: HISTORY_PERIODS, version })
      : null;
  const warnings = (catalogue?.kpis ?? []).flatMap((kpi) => {
    const values = stored?.byKpi.get(kpi.id);
    return values && kpi.thresholds.length > 0 ? thresholdNoise(kpi, values, calendar) : [];
  });
  if (options.json) {
    const weighed = { warnings, weighedBy: stored?.from ?? null };
    out.line(JSON.stringify({ problems: found, kpis: catalogue?.kpis.length ?? null, ...weighed }));
  } else if (found.length > 0) {
    found.forEach((problem) => out.line(problemText(problem).replace(problem.code, red(problem.code))));
    out.line(`\n${found.length} ${found.length === 1 ? 'mistake' : 'mistakes'}`);
  } else {
    const measures = catalogue!.byId.size - catalogue!.kpis.length;
    out.line(
      green(
        `${counted(catalogue!.kpis.length, 'KPI')} and ${counted(measures, 'measure')} in ${config.catalogueFolder}: no mistakes`
      )
    );
    warnings.forEach((warning) => out.line(problemText(warning).replace(warning.code, yellow(warning.code))));
    out.line(dim(weighedText(stored!, warnings.length)));
  }
  return found.length > 0 ? 1 : 0;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function weighedText({ byKpi, from }: StoredValues, warnings: number): string {
  if (byKpi.size === 0) {
    return `thresholds are not weighed against usual variation: ${from}`;
  }
  const found = `${warnings === 0 ? 'none' : warnings} ${warnings > 1 ? 'lie' : 'lies'} within usual variation`;
  return `thresholds, by ${from}: ${found}`;
}

/** Where a KPI file says where its values come from. */
function sourcePlace(file: string): { line: number; column: number } {
  return readYaml({ path: file, text: readFileSync(file, 'utf8') }).locate(['source']);
}
