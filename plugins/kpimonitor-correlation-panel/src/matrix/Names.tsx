import { cx } from '@emotion/css';
import { useStyles2 } from '@grafana/ui';
import type { CorrelatedKpiRow } from '@kpi-monitor/model/query/correlation-frames';
import { MiddleCut } from '@kpi-monitor/plugin-shared/text/MiddleCut';

import { type Cell, edge, type MatrixLayout } from './layout';
import { matrixStyles } from './matrix-styles';

interface Props {
  kpis: readonly CorrelatedKpiRow[];
  layout: MatrixLayout;
  told: Cell | null;
  chosen: Cell | null;
  addressOf: (kpi: string) => string | undefined;
}

const FLOATING_HEIGHT = 16;

/** Each KPI's name in the diagonal; in a matrix too fine for them, the two that are pointed at or chosen. */
export function Names({ kpis, layout, told, chosen, addressOf }: Props) {
  const styles = useStyles2(matrixStyles);
  const shown = told ?? chosen;
  if (!layout.hasNames) {
    return shown && <FloatingNames kpis={kpis} layout={layout} cell={shown} />;
  }
  return (
    <>
      {kpis.map(({ kpi, name }, index) => {
        const left = edge(index, layout.cellWidth);
        const address = addressOf(kpi);
        const Element = address ? 'a' : 'span';
        return (
          <Element
            key={kpi}
            href={address}
            title={name}
            aria-label={address ? name : undefined}
            // The pair's view has these links for the keyboard: the grid is one stop.
            tabIndex={address ? -1 : undefined}
            className={cx(styles.name, shown && (index === shown.line || index === shown.column) && styles.told)}
            style={{
              left,
              top: edge(index, layout.cellHeight),
              height: layout.cellHeight,
              maxWidth: layout.width - left,
            }}
          >
            <MiddleCut text={name} />
          </Element>
        );
      })}
    </>
  );
}

function FloatingNames({ kpis, layout, cell }: Pick<Props, 'kpis' | 'layout'> & { cell: Cell }) {
  const styles = useStyles2(matrixStyles);
  // Two names close to each other must not touch.
  const line = clamp(edge(cell.line, layout.cellHeight), layout.height);
  const column = Math.min(
    clamp(edge(cell.column, layout.cellHeight) - FLOATING_HEIGHT / 2, layout.height),
    line - FLOATING_HEIGHT
  );
  return [
    { index: cell.column, top: column },
    { index: cell.line, top: line },
  ].map(({ index, top }) => {
    const left = edge(index, layout.cellWidth) + layout.cellWidth;
    return (
      <span
        key={index}
        className={cx(styles.name, styles.told, styles.floating)}
        style={{ left, top: Math.max(0, top), height: FLOATING_HEIGHT, maxWidth: layout.width - left }}
      >
        <MiddleCut text={kpis[index]!.name} />
      </span>
    );
  });
}

function clamp(top: number, height: number): number {
  return Math.max(0, Math.min(height - FLOATING_HEIGHT, top));
}
