/** What the sources of a configuration's catalogue are made with. */
import type { SourceContext } from '@kpi-monitor/collector/sources/create';
import type { Calendar } from '@kpi-monitor/model/time/calendar';

import type { LoadedConfig } from '../config/read';

export function sourceContext(config: LoadedConfig, calendar: Calendar, clock = Date.now): SourceContext {
  const { catalogueFolder, connections, resolve } = config;
  return { calendar, clock, catalogueFolder, connections, resolve };
}
