/**
 * The core panel types that standalone draws: each a thin adapter over components of @grafana/ui. Dashboards in
 * `dashboards/` may use these and our own panels alone, which a test checks.
 */
import type { PanelPlugin } from '@grafana/data';

import { barGaugePanel } from './bargauge';
import { statPanel } from './stat';
import { stateTimelinePanel } from './state-timeline';
import { tablePanel } from './table';
import { textPanel } from './text';
import { timeSeriesPanel } from './timeseries';

const PANELS: Record<string, PanelPlugin> = {
  bargauge: barGaugePanel,
  stat: statPanel,
  'state-timeline': stateTimelinePanel,
  table: tablePanel,
  text: textPanel,
  timeseries: timeSeriesPanel,
};

export const CORE_PANELS = Object.keys(PANELS);

export function corePanel(id: string): PanelPlugin | undefined {
  return Object.hasOwn(PANELS, id) ? PANELS[id] : undefined;
}
