/** One panel of a dashboard -> a `VizPanel` with its queries, transformations and links. */
import type { Panel } from '@grafana/schema';
import { type SceneDataQuery, SceneDataTransformer, SceneQueryRunner, VizPanel } from '@grafana/scenes';

import { PanelLinks } from './panel-links';
import { PanelNotices } from './panel-notices';

/** The key under which a panel is found; `VizPanel.getLegacyPanelId` reads the number out of it. */
export const panelKey = (id: number | undefined) => `panel-${id ?? 0}`;

export function panelOf(panel: Panel): VizPanel {
  const { id, type, title, description, options, fieldConfig, pluginVersion, transparent, links } = panel;
  return new VizPanel({
    key: panelKey(id),
    pluginId: type,
    title: title ?? '',
    description,
    pluginVersion,
    options: options ?? {},
    fieldConfig: (fieldConfig as never) ?? { defaults: {}, overrides: [] },
    displayMode: transparent ? 'transparent' : 'default',
    // A panel without a title shows no header until the pointer is over it, as in Grafana.
    hoverHeader: !title,
    titleItems: [...(links?.length ? [new PanelLinks({ links })] : []), new PanelNotices({})],
    $data: dataOf(panel),
  });
}

/** Undefined for a panel that asks nothing: text needs no data. */
function dataOf(panel: Panel) {
  const queries = (panel.targets ?? []) as unknown as SceneDataQuery[];
  if (queries.length === 0) {
    return undefined;
  }
  const runner = new SceneQueryRunner({
    queries,
    datasource: panel.datasource ?? undefined,
    maxDataPoints: panel.maxDataPoints,
    // Points that no pixel can show are not asked for.
    maxDataPointsFromWidth: panel.maxDataPoints === undefined,
    minInterval: panel.interval,
  });
  return new SceneDataTransformer({ $data: runner, transformations: (panel.transformations ?? []) as never });
}
