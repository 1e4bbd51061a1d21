import { t } from '@grafana/i18n';
import { useStyles2, useTheme2 } from '@grafana/ui';
import type { PairRow } from '@kpi-monitor/model/query/correlation-frames';
import { moveOf } from '@kpi-monitor/plugin-shared/grid/moves';
import { type KeyboardEvent, type MouseEvent, type SyntheticEvent, useCallback, useId, useMemo, useState } from 'react';

import { pairKey, pairsByKey } from '../data/pair';
import type { Correlation } from '../data/read-correlation';
import { correlationPalette } from '../palette';
import { spokenPair, unknownPair } from '../words';

import { cellOfPair, drawnCells } from './cells';
import { CellTooltip } from './CellTooltip';
import { type Box, boxOf, type Cell, cellAt, matrixLayout, movedCell } from './layout';
import { Legend, legendHeight } from './Legend';
import { matrixStyles, RING } from './matrix-styles';
import { Names } from './Names';
import { paintMatrix } from './paint';
import { useCanvas } from './use-canvas';

interface Props {
  correlation: Correlation;
  width: number;
  height: number;
  hasLegend: boolean;
  chosen: PairRow | null;
  onChoose: (pair: PairRow) => void;
  addressOf: (kpi: string) => string | undefined;
}

/** Half a matrix of KPIs, drawn on one canvas, with one accessible cell: the one that the keyboard stands on. */
export function Matrix({ correlation, width, height, hasLegend, chosen, onChoose, addressOf }: Props) {
  const { kpis, pairs, facts } = correlation;
  const theme = useTheme2();
  const styles = useStyles2(matrixStyles);
  const id = useId();
  const palette = useMemo(() => correlationPalette(theme), [theme]);
  const byKey = useMemo(() => pairsByKey(pairs), [pairs]);
  const cells = useMemo(() => drawnCells(kpis, byKey), [kpis, byKey]);
  const layout = useMemo(
    () =>
      matrixLayout(
        kpis.map(({ name }) => name),
        { width: width - 2 * RING, height: height - 2 * RING - (hasLegend ? legendHeight(width) : 0) }
      ),
    [kpis, width, height, hasLegend]
  );
  const { fontFamily } = theme.typography;
  const canvas = useCanvas(
    layout.cellsWidth,
    layout.height,
    useCallback((pen) => paintMatrix(pen, cells, { layout, palette, fontFamily }), [cells, layout, palette, fontFamily])
  );

  const chosenCell = useMemo(() => chosen && cellOfPair(kpis, chosen), [kpis, chosen]);
  const [place, setPlace] = useState<Cell | null>(null);
  const [told, setTold] = useState<Told | null>(null);
  // A refresh may take KPIs away.
  const current = within(place ?? chosenCell ?? { line: 1, column: 0 }, kpis.length);
  const pairAt = ({ line, column }: Cell) => byKey.get(pairKey(kpis[line]!.kpi, kpis[column]!.kpi)) ?? null;
  const currentPair = pairAt(current);

  const choose = (cell: Cell) => {
    setPlace({ line: cell.line, column: cell.column });
    const pair = pairAt(cell);
    if (pair) {
      onChoose(pair);
      setTold(null);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      choose(current);
    } else if (event.key === 'Escape') {
      setTold(null);
    }
    const move = moveOf(event);
    if (move) {
      event.preventDefault();
      const next = movedCell(current, move, kpis.length);
      setPlace(next);
      setTold({ ...next, origin: originOf(event), isPointed: false });
    }
  };
  const pointedAt = (event: MouseEvent): Told | null => {
    const origin = originOf(event);
    const cell = cellAt(event.clientX - origin.left, event.clientY - origin.top, layout);
    return cell && { ...cell, origin, isPointed: true };
  };
  const size = { width: layout.cellsWidth, height: layout.height };
  return (
    <>
      <div className={styles.matrix} style={{ width: layout.width, height: layout.height }}>
        <canvas ref={canvas} aria-hidden="true" className={styles.canvas} style={size} />
        {chosenCell && <span className={styles.chosen} style={styleOf(boxOf(chosenCell, layout))} />}
        {told?.isPointed && <span className={styles.pointed} style={styleOf(boxOf(told, layout))} />}
        <div
          role="grid"
          tabIndex={0}
          className={styles.grid}
          style={size}
          aria-label={t('matrix.label', 'How strongly KPIs move together')}
          aria-rowcount={kpis.length}
          aria-colcount={kpis.length}
          aria-activedescendant={`${id}-${current.line}-${current.column}`}
          onKeyDown={onKeyDown}
          onFocus={(event) =>
            event.target.matches(':focus-visible') && setTold({ ...current, origin: originOf(event), isPointed: false })
          }
          onBlur={() => setTold(null)}
          onMouseMove={(event) => {
            const next = pointedAt(event);
            setTold((last) => (isSame(last, next) ? last : next));
          }}
          onMouseLeave={() => setTold(null)}
          onClick={(event) => {
            const cell = pointedAt(event);
            if (cell) {
              choose(cell);
            }
          }}
        >
          <div role="row" aria-rowindex={current.line + 1}>
            <div
              key={`${current.line}-${current.column}`}
              id={`${id}-${current.line}-${current.column}`}
              role="gridcell"
              aria-colindex={current.column + 1}
              aria-selected={current.line === chosenCell?.line && current.column === chosenCell.column}
              aria-label={
                currentPair
                  ? spokenPair(currentPair, facts?.grain)
                  : unknownPair(kpis[current.line]!.name, kpis[current.column]!.name)
              }
              className={styles.current}
              style={styleOf(boxOf(current, layout))}
            />
          </div>
        </div>
        <Names kpis={kpis} layout={layout} told={told} chosen={chosenCell} addressOf={addressOf} />
      </div>
      {hasLegend && <Legend layout={layout} palette={palette} grain={facts?.grain} cells={cells} />}
      {told && (
        <CellTooltip
          origin={told.origin}
          box={boxOf(told, layout)}
          pair={pairAt(told)}
          names={[kpis[told.line]!.name, kpis[told.column]!.name]}
          grain={facts?.grain}
        />
      )}
    </>
  );
}

/** The cell whose tooltip is open. */
interface Told extends Cell {
  /** where the matrix begins in the window */
  origin: { left: number; top: number };
  isPointed: boolean;
}

function isSame(one: Told | null, other: Told | null): boolean {
  return one?.line === other?.line && one?.column === other?.column && one?.isPointed === other?.isPointed;
}

function originOf({ currentTarget }: SyntheticEvent): Told['origin'] {
  const { left, top } = currentTarget.getBoundingClientRect();
  return { left, top };
}

function within({ line, column }: Cell, count: number): Cell {
  return movedCell({ line, column }, [0, 0], count);
}

function styleOf({ x, y, width, height }: Box) {
  return { left: x, top: y, width, height };
}
