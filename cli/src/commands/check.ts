/** `kpi check`: every mistake of the catalogue at once, each with file, line and remedy. */
import { readFileSync } from 'node:fs';

import { checkSources } from '@kpi-monitor/collector/sources/check';
import { type Problem, problemText } from '@kpi-monitor/model/catalogue/problem';
import { readYaml } from '@kpi-monitor/model/catalogue/yaml-file';

import { calendarOf } from '../compose/calendar';
import { readCatalogueFolder } from '../compose/catalogue-folder';
import { readConfig } from '../config/read';
import { green, red } from '../terminal/color';

import type { CommonOptions, Output } from './options';

/** @returns the exit code: 0 when nothing is wrong, else 1 */
export async function check(options: CommonOptions, out: Output): Promise<number> {
  const config = readConfig(options);
  const calendar = calendarOf(config);
  const { catalogue, problems } = readCatalogueFolder(config.catalogueFolder, calendar.fiscalYearStart);
  const found: Problem[] = [...problems];
  if (catalogue) {
    const mistakes = await checkSources(catalogue, {
      calendar,
      clock: Date.now,
      catalogueFolder: config.catalogueFolder,
      connections: config.connections,
      resolve: config.resolve,
    });
    found.push(
      ...mistakes.map(({ kpi, error }) => ({
        code: error.code,
        file: kpi.file,
        ...sourcePlace(kpi.file),
        message: error.message,
      }))
    );
  }
  if (options.json) {
    out.line(JSON.stringify({ problems: found, kpis: catalogue?.kpis.length ?? null }));
  } else if (found.length > 0) {
    found.forEach((problem) => out.line(problemText(problem).replace(problem.code, red(problem.code))));
    out.line(`\n${found.length} ${found.length === 1 ? 'mistake' : 'mistakes'}`);
  } else {
    const measures = catalogue!.byId.size - catalogue!.kpis.length;
    out.line(
      green(`${catalogue!.kpis.length} KPIs and ${measures} measures in ${config.catalogueFolder}: no mistakes`)
    );
  }
  return found.length > 0 ? 1 : 0;
}

/** Where a KPI file says where its values come from. */
function sourcePlace(file: string): { line: number; column: number } {
  return readYaml({ path: file, text: readFileSync(file, 'utf8') }).locate(['source']);
}
