/** Dashboard JSON, as Grafana stores and provisions it -> a scene that shows it. */
import { DashboardCursorSync } from '@grafana/data';
import type { Dashboard } from '@grafana/schema';
import {
  behaviors,
  SceneRefreshPicker,
  SceneTimePicker,
  SceneTimeRange,
  SceneVariableSet,
  VariableValueSelectors,
} from '@grafana/scenes';

import { archiveRanges, fixedRange } from './archive';
import { DashboardLinks } from './dashboard-links';
import { DashboardScene } from './dashboard-scene';
import { layoutOf } from './layout';
import { variableOf } from './variables';

/**
 * @param archiveNow the instant that plays "now", epoch milliseconds, where the clock does not
 */
export function dashboardScene(json: Dashboard, archiveNow?: number): DashboardScene {
  const zone = json.timezone || 'utc';
  const range = { from: json.time?.from ?? 'now-6h', to: json.time?.to ?? 'now' };
  const { uid = '', title = '', description, tags = [], links = [], panels = [], refresh, timepicker } = json;
  return new DashboardScene({
    key: `dashboard-${uid}`,
    uid,
    title,
    description,
    tags,
    links: new DashboardLinks({ links, uid }),
    body: layoutOf(panels),
    selectors: new VariableValueSelectors({}),
    timePicker: new SceneTimePicker({
      hidePicker: timepicker?.hidden,
      quickRanges: archiveNow === undefined ? undefined : archiveRanges(archiveNow, zone),
    }),
    refreshPicker: new SceneRefreshPicker({
      refresh: typeof refresh === 'string' ? refresh : '',
      intervals: timepicker?.refresh_intervals,
      withText: false,
    }),
    $timeRange: new SceneTimeRange({
      ...(archiveNow === undefined ? range : fixedRange(range, archiveNow, zone)),
      timeZone: zone,
      fiscalYearStartMonth: json.fiscalYearStartMonth,
    }),
    $variables: new SceneVariableSet({ variables: (json.templating?.list ?? []).map(variableOf) }),
    $behaviors: [new behaviors.CursorSync({ sync: (json.graphTooltip ?? 0) as DashboardCursorSync })],
  });
}
