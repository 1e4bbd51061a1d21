import { SceneGridItem, type SceneGridLayout, SceneGridRow } from '@grafana/scenes';
import type { Panel, RowPanel } from '@grafana/schema';

import { layoutOf } from './layout';
import { RepeatedPanel } from './repeat';

const panel = (id: number, y: number, more: Partial<Panel> = {}): Panel => ({
  id,
  type: 'text',
  title: `Panel ${id}`,
  gridPos: { x: 0, y, w: 12, h: 4 },
  ...more,
});
const row = (id: number, y: number, collapsed: boolean, panels: Panel[] = []): RowPanel => ({
  id,
  type: 'row',
  title: `Row ${id}`,
  collapsed,
  gridPos: { x: 0, y, w: 24, h: 1 },
  panels,
});

/** `1`, or `row 2: 3, 4` */
const outline = (layout: SceneGridLayout) =>
  layout.state.children.map((child) =>
    child instanceof SceneGridRow
      ? `${child.state.key}${child.state.isCollapsed ? ' (collapsed)' : ''}: ${child.state.children.map((one) => one.state.key).join(', ')}`
      : child.state.key
  );

describe('the grid of a dashboard', () => {
  it('keeps the place and size of each panel', () => {
    const [item] = layoutOf([panel(7, 3, { gridPos: { x: 6, y: 3, w: 8, h: 5 } })]).state.children;
    expect(item).toBeInstanceOf(SceneGridItem);
    expect(item!.state).toMatchObject({ x: 6, y: 3, width: 8, height: 5 });
  });

  it('gives an open row the panels that follow it, and a collapsed one those that it holds', () => {
    const panels = [
      panel(1, 0),
      row(2, 4, false),
      panel(3, 5),
      panel(4, 9),
      row(5, 13, true, [panel(6, 14)]),
      panel(8, 14),
    ];
    expect(outline(layoutOf(panels))).toEqual([
      'item-1',
      'row-2: item-3, item-4',
      'row-5 (collapsed): item-6',
      'item-8',
    ]);
  });

  it('repeats a panel that asks for it', () => {
    const [item] = layoutOf([panel(1, 0, { repeat: 'category', repeatDirection: 'h', maxPerRow: 3 })]).state.children;
    expect(item).toBeInstanceOf(RepeatedPanel);
    expect(item!.state).toMatchObject({ variableName: 'category', maxPerRow: 3, direction: 'h' });
  });
});
