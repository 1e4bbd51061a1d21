import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { Sparkline } from '@kpi-monitor/model/query/frames';
import { useMemo } from 'react';

import { sparkGeometry } from '../data/sparkline';

interface Props {
  spark: Sparkline;
  target: number | null;
  /** of the last point */
  color: string;
}

/** The course of the judged values, its last point marked, the target a hairline. As wide and high as its box. */
export function Spark({ spark, target, color }: Props) {
  const styles = useStyles2(getStyles);
  const drawn = useMemo(() => sparkGeometry(spark, target), [spark, target]);
  if (!drawn) {
    return null;
  }
  const { path, last, targetY } = drawn;
  return (
    <span className={styles.box} aria-hidden="true">
      <svg className={styles.drawing} viewBox="0 0 100 100" preserveAspectRatio="none" focusable="false">
        {targetY !== null && <line className={styles.target} x1={0} x2={100} y1={targetY} y2={targetY} />}
        <path className={styles.line} d={path} />
      </svg>
      <span className={styles.last} style={{ left: `${last.x}%`, top: `${last.y}%`, background: color }} />
    </span>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  // Room for half a dot at every edge.
  box: css({ position: 'relative', display: 'block', height: 'calc(100% - 6px)', margin: 3 }),
  drawing: css({ display: 'block', width: '100%', height: '100%', overflow: 'visible' }),
  line: css({
    fill: 'none',
    stroke: theme.colors.text.secondary,
    strokeWidth: 1.5,
    strokeLinejoin: 'round',
    strokeLinecap: 'round',
    vectorEffect: 'non-scaling-stroke',
  }),
  target: css({ stroke: theme.colors.border.strong, strokeWidth: 1, vectorEffect: 'non-scaling-stroke' }),
  last: css({
    position: 'absolute',
    width: 6,
    height: 6,
    margin: -3,
    borderRadius: theme.shape.radius.circle,
    printColorAdjust: 'exact',
  }),
});
