/** `panels` of a dashboard -> a grid. An open row owns the panels that follow it; a collapsed one carries its own. */
import type { Panel, RowPanel } from '@grafana/schema';
import { SceneGridItem, type SceneGridItemLike, SceneGridLayout, SceneGridRow } from '@grafana/scenes';

import { panelOf } from './panel';
import { RepeatedPanel } from './repeat';

type Item = Panel | RowPanel;

const isRow = (item: Item): item is RowPanel => item.type === 'row';

export function layoutOf(panels: Item[]): SceneGridLayout {
  const children: SceneGridItemLike[] = [];
  let row: { model: RowPanel; items: SceneGridItemLike[] } | null = null;
  const close = () => {
    if (row) {
      children.push(rowOf(row.model, row.items));
      row = null;
    }
  };
  for (const item of panels) {
    if (!isRow(item)) {
      (row?.items ?? children).push(gridItemOf(item));
      continue;
    }
    close();
    if (item.collapsed) {
      children.push(rowOf(item, item.panels.map(gridItemOf)));
    } else {
      row = { model: item, items: [] };
    }
  }
  close();
  // Not lazy: a printed page has every panel on it.
  return new SceneGridLayout({ isLazy: false, children });
}

function rowOf(row: RowPanel, children: SceneGridItemLike[]): SceneGridRow {
  const { id, title, collapsed, gridPos } = row;
  return new SceneGridRow({ key: `row-${id}`, title, isCollapsed: collapsed, y: gridPos?.y ?? 0, children });
}

function gridItemOf(panel: Panel): SceneGridItemLike {
  const { x = 0, y = 0, w = 12, h = 8 } = panel.gridPos ?? {};
  const place = { key: `item-${panel.id ?? 0}`, x, y, width: w, height: h };
  if (panel.repeat) {
    const { repeat: variableName, repeatDirection, maxPerRow } = panel;
    return new RepeatedPanel({ ...place, variableName, direction: repeatDirection, maxPerRow, source: panelOf(panel) });
  }
  return new SceneGridItem({ ...place, body: panelOf(panel) });
}
