/** `kpi test-source`: reads a KPI's source as the collector would, and says what it does not keep to. Writes nothing. */
import { createSource } from '@kpi-monitor/collector/sources/create';
import { checkSource } from '@kpi-monitor/collector/sources/module/kit';
import { isRead } from '@kpi-monitor/collector/sources/source';
import { readPeriod } from '@kpi-monitor/collector/validation/period';
import { currentWindow } from '@kpi-monitor/collector/window';
import { kpiOf } from '@kpi-monitor/model/catalogue/catalogue';
import { KpiError } from '@kpi-monitor/model/errors';
import { isCivil } from '@kpi-monitor/model/time/grain';

import { calendarOf } from '../compose/calendar';
import { catalogueOf } from '../compose/catalogue';
import { sourceContext } from '../compose/sources';
import { readConfig } from '../config/read';
import { EXIT } from '../exit-code';
import { green, red } from '../terminal/color';

import { rangeOf } from './dates';
import type { CommonOptions, Output } from './options';

export interface TestSourceOptions extends CommonOptions {
  from?: string;
  to?: string;
}

/** @returns 0, or 1 when something does not hold */
export async function testSource(id: string, options: TestSourceOptions, out: Output): Promise<number> {
  const config = readConfig(options);
  const calendar = calendarOf(config);
  const kpi = kpiOf(catalogueOf(config), id);
  if (!isRead(kpi)) {
    throw new KpiError('KPI_SOURCE', `\`${id}\` has no source to read`, { kpi: id });
  }
  const { grain } = kpi;
  const { from, to } = rangeOf(options);
  const store = (date: number) => (isCivil(grain) ? date : calendar.toInstant(date));
  const current = currentWindow(kpi, null, Date.now(), calendar);
  const window = {
    from: from === undefined ? current.from : store(from),
    to: to === undefined ? current.to : store(to),
  };
  const results = await checkSource(createSource(kpi, sourceContext(config, calendar)), {
    window,
    periodOf: ({ period }) => readPeriod(period, { grain, calendar }),
  });
  if (options.json) {
    out.line(JSON.stringify({ kpi: id, results }));
  } else {
    results.forEach(({ what, failure }) =>
      out.line(failure === null ? `${green('✓')} ${what}` : `${red('✗')} ${what}: ${failure}`)
    );
  }
  return results.some(({ failure }) => failure !== null) ? EXIT.mistakes : EXIT.good;
}
