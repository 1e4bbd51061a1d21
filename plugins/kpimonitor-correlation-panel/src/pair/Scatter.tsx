import { type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { linearScale, niceTicks, rangeOf } from '@kpi-monitor/plugin-shared/chart/scale';
import { useId, useMemo } from 'react';

import type { Course } from '../data/read-correlation';
import { correlationPalette } from '../palette';

import { alignedPoints, fitOf } from './aligned';
import { chartStyles, textWidth } from './chart';
import { tickWriter, valueWriter } from './value-text';

interface Props {
  first: Course;
  second: Course;
  shift: number;
  /** what the axes are, beyond the KPI's name */
  xTitle: string;
  yTitle: string;
  dateText: (time: number) => string;
  width: number;
  height: number;
}

/** Both KPIs' compared values against each other, with the line that fits them best. */
export function Scatter({ first, second, shift, xTitle, yTitle, dateText, width, height }: Props) {
  const theme = useTheme2();
  const styles = useStyles2(chartStyles);
  const clip = useId();
  const points = useMemo(() => alignedPoints(first, second, shift), [first, second, shift]);
  const drawn = useMemo(
    () => geometry(points, { first, second, width, height, theme }),
    [points, first, second, width, height, theme]
  );
  if (!drawn) {
    return null;
  }
  const { x, y, plot, xTicks, yTicks, fit } = drawn;
  const [writeX, writeY] = [valueWriter(first.field, theme), valueWriter(second.field, theme)];
  const palette = correlationPalette(theme);
  const zeroX = x.min < 0 && x.max > 0;
  const zeroY = y.min < 0 && y.max > 0;
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.caption}>
        <span>↑ {yTitle}</span>
      </figcaption>
      <svg
        className={styles.chart}
        width={width}
        height={height}
        role="img"
        aria-label={t('scatter.label', 'Scatter of {{count}} pairs of values', { count: points.length })}
      >
        <clipPath id={clip}>
          <rect x={plot.left} y={plot.top} width={plot.width} height={plot.height} />
        </clipPath>
        {yTicks.map(({ value, text }) => (
          <g key={value}>
            <line
              className={value === 0 ? styles.zero : styles.hairline}
              x1={plot.left}
              x2={plot.left + plot.width}
              y1={y.at(value)}
              y2={y.at(value)}
            />
            <text className={styles.tick} x={plot.left - 6} y={y.at(value)} textAnchor="end" dominantBaseline="central">
              {text}
            </text>
          </g>
        ))}
        {xTicks.map(({ value, text }) => (
          <g key={value}>
            <line
              className={value === 0 ? styles.zero : styles.hairline}
              x1={x.at(value)}
              x2={x.at(value)}
              y1={plot.top}
              y2={plot.top + plot.height}
            />
            <text className={styles.tick} x={x.at(value)} y={plot.top + plot.height + 14} textAnchor="middle">
              {text}
            </text>
          </g>
        ))}
        {zeroX && !xTicks.some(({ value }) => value === 0) && (
          <line className={styles.zero} x1={x.at(0)} x2={x.at(0)} y1={plot.top} y2={plot.top + plot.height} />
        )}
        {zeroY && !yTicks.some(({ value }) => value === 0) && (
          <line className={styles.zero} x1={plot.left} x2={plot.left + plot.width} y1={y.at(0)} y2={y.at(0)} />
        )}
        <g fill={theme.colors.text.primary} fillOpacity={points.length > 150 ? 0.35 : 0.6}>
          {points.map((point) => (
            <circle key={point.time} cx={x.at(point.x)} cy={y.at(point.y)} r={points.length > 150 ? 2 : 3}>
              <title>{`${dateText(point.time)}: ${writeX(point.x)} · ${writeY(point.y)}`}</title>
            </circle>
          ))}
        </g>
        {fit && (
          <line
            clipPath={`url(#${clip})`}
            stroke={fit.slope < 0 ? palette.negative : palette.positive}
            strokeWidth={2}
            x1={x.at(x.min)}
            x2={x.at(x.max)}
            y1={y.at(fit.intercept + fit.slope * x.min)}
            y2={y.at(fit.intercept + fit.slope * x.max)}
          />
        )}
        <text className={styles.title} x={plot.left + plot.width} y={height - 2} textAnchor="end">
          {xTitle} →
        </text>
      </svg>
    </figure>
  );
}

interface Room {
  first: Course;
  second: Course;
  width: number;
  height: number;
  theme: GrafanaTheme2;
}

function geometry(points: ReturnType<typeof alignedPoints>, { first, second, width, height, theme }: Room) {
  const xRange = rangeOf(points.map((point) => point.x));
  const yRange = rangeOf(points.map((point) => point.y));
  if (!xRange || !yRange) {
    return null;
  }
  const yValues = niceTicks(...yRange, 4);
  const writeY = tickWriter(second.field, yValues, theme);
  const yTicks = yValues.map((value) => ({ value, text: writeY(value) }));
  const left = Math.min(80, textWidth(yTicks.map(({ text }) => text)) + 8);
  const plot = { left, top: 6, width: width - left - 10, height: height - 6 - 34 };
  const few = niceTicks(...xRange, Math.max(2, Math.min(5, Math.floor(plot.width / 70))));
  const writeX = tickWriter(first.field, few, theme);
  // Ticks at the very edge would hang over it.
  const xTicks = few.map((value) => ({ value, text: writeX(value) }));
  const room = plot.width / Math.max(1, xTicks.length);
  const fitting = textWidth(xTicks.map(({ text }) => text)) + 8 > room ? xTicks.filter((_, i) => i % 2 === 0) : xTicks;
  return {
    plot,
    x: linearScale(...xRange, plot.left, plot.width),
    y: linearScale(...yRange, plot.top + plot.height, -plot.height),
    xTicks: fitting,
    yTicks,
    fit: fitOf(points),
  };
}
