import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { formatValue } from '@kpi-monitor/model/format/number';
import type { PreviewRow } from '@kpi-monitor/model/query/judgement-answer';
import { linearScale, niceTicks } from '@kpi-monitor/plugin-shared/chart/scale';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';
import { statusPalette } from '@kpi-monitor/plugin-shared/status-palette';
import { STATUS_MARKS, MARK_SIZE } from '@kpi-monitor/plugin-shared/status-marks';
import { type KeyboardEvent, type PointerEvent, useId, useMemo, useState } from 'react';

import type { Unit } from '../judgement/value-text';
import { levelWord, wordOf } from '../judgement/LevelName';

import { LevelStrip } from './LevelStrip';
import { apart, lastOf, shownRange, stepPath, thresholdLines, valuePath } from './lines';
import { useWidth } from './use-width';

interface Props {
  rows: PreviewRow[];
  unit: Unit;
  /** whether anything is being changed; else there is nothing to compare with */
  hasChange: boolean;
  /** what the chart shows, in words */
  label: string;
}

const TOP = 8;
const STRIP = 18;
const STRIP_GAP = 20;
const AXIS = 18;
const TEXT = 11;
const LABEL_ROOM = 100;

/** The last year's values with the thresholds of now and then, and below them how each period stood and would have stood. */
export function Chart({ rows, unit, hasChange, label }: Props) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const id = useId();
  const [ref, width] = useWidth<HTMLDivElement>();
  const [pointed, setPointed] = useState<number | null>(null);
  const strips = hasChange ? 2 : 1;
  const plot = Math.round(Math.min(340, Math.max(160, width * 0.22)));
  const height = TOP + plot + AXIS + strips * (STRIP_GAP + STRIP);

  const drawn = useMemo(() => {
    const values = rows.map(({ value }) => value);
    const before = thresholdLines(rows, ({ boundaries }) => boundaries);
    const after = hasChange ? thresholdLines(rows, ({ boundariesThen }) => boundariesThen) : [];
    const range = shownRange(values, [...before, ...after]);
    if (!range || width === 0) {
      return null;
    }
    const y = linearScale(...range, TOP + plot, -plot);
    const ticks = niceTicks(...range, 3).map((value) => ({ at: y.at(value), text: tickText(value, unit) }));
    const left = Math.min(90, 8 + Math.ceil(Math.max(...ticks.map(({ text }) => text.length)) * TEXT * 0.62));
    const right = width >= 420 ? LABEL_ROOM : 20;
    const x = linearScale(0, rows.length, left, width - left - right);
    const isInside = ({ values: bounds }: { values: Array<number | null> }) =>
      bounds.every((bound) => bound === null || (bound >= range[0] && bound <= range[1]));
    const told = (hasChange ? after : before).filter(isInside);
    const places = apart(
      told.map((line) => y.at(lastOf(line.values)!)),
      14,
      [TOP, TOP + plot]
    );
    return {
      x,
      ticks,
      left,
      right: width - right,
      named: periodsToName(rows, width - left - right),
      value: valuePath(values, x.at, y.at),
      dots: values.map((value) => (value === null ? null : y.at(value))),
      before: before.filter(isInside).map((line) => ({ ...line, path: stepPath(line.values, x.at, y.at) })),
      after: after.filter(isInside).map((line) => ({ ...line, path: stepPath(line.values, x.at, y.at) })),
      labels: told.map((line, index) => ({ ...line, at: places[index]!, text: tickText(lastOf(line.values)!, unit) })),
      far: [...new Set((hasChange ? after : before).filter((line) => !isInside(line)).map(({ level }) => level))],
    };
  }, [rows, unit, hasChange, width, plot]);

  const move = (event: PointerEvent<SVGSVGElement>) => {
    if (drawn) {
      const share =
        (event.clientX - event.currentTarget.getBoundingClientRect().left - drawn.left) / (drawn.right - drawn.left);
      const index = Math.floor(share * rows.length);
      setPointed(index >= 0 && index < rows.length ? index : null);
    }
  };
  const step = (event: KeyboardEvent) => {
    const moves: Record<string, (index: number) => number> = {
      ArrowLeft: (index) => index - 1,
      ArrowRight: (index) => index + 1,
      Home: () => 0,
      End: () => rows.length - 1,
    };
    const to = moves[event.key];
    if (to) {
      event.preventDefault();
      setPointed(
        Math.max(0, Math.min(rows.length - 1, to(pointed ?? rows.length - (event.key === 'ArrowRight' ? 1 : 0))))
      );
    }
  };
  const palette = statusPalette(theme);
  const stripTop = (index: number) => TOP + plot + AXIS + STRIP_GAP + index * (STRIP + STRIP_GAP);
  return (
    <div ref={ref} className={styles.chart}>
      {drawn && (
        <svg
          width={width}
          height={height}
          role="img"
          tabIndex={0}
          aria-label={label}
          aria-describedby={`${id}pointed`}
          onPointerMove={move}
          onPointerDown={move}
          onPointerLeave={() => setPointed(null)}
          onKeyDown={step}
          onBlur={() => setPointed(null)}
        >
          {drawn.ticks.map(({ at, text }) => (
            <g key={text}>
              <line className={styles.grid} x1={drawn.left} x2={drawn.right} y1={at} y2={at} />
              <text className={styles.tick} x={drawn.left - 6} y={at} textAnchor="end" dominantBaseline="central">
                {text}
              </text>
            </g>
          ))}
          {drawn.before.map(({ level, path }, index) => (
            <path
              key={index}
              d={path}
              fill="none"
              stroke={palette[level].mark}
              strokeWidth={1}
              strokeDasharray={hasChange ? '2 4' : undefined}
              opacity={hasChange ? 0.8 : 1}
            />
          ))}
          {drawn.after.map(({ level, path }, index) => (
            <path key={index} d={path} fill="none" stroke={palette[level].mark} strokeWidth={1.5} />
          ))}
          <path
            d={drawn.value}
            fill="none"
            stroke={theme.colors.text.primary}
            strokeWidth={1.5}
            strokeLinejoin="round"
          />
          {rows.length <= 60 &&
            drawn.dots.map(
              (at, index) =>
                at !== null && (
                  <circle key={index} cx={drawn.x.at(index + 0.5)} cy={at} r={2} fill={theme.colors.text.primary} />
                )
            )}
          {drawn.labels.map(({ level, at, text }, index) => (
            <g key={index} transform={`translate(${drawn.right + 6} ${at})`}>
              <g transform={`translate(0 -5) scale(${10 / MARK_SIZE})`} fill={palette[level].mark}>
                {STATUS_MARKS[level].map(({ d }) => (
                  <path key={d} d={d} fillRule="evenodd" />
                ))}
              </g>
              {drawn.right + LABEL_ROOM <= width && (
                <text className={styles.tick} x={14} dominantBaseline="central">
                  {text}
                </text>
              )}
            </g>
          ))}
          {drawn.named.map((index) => (
            <text
              key={index}
              className={styles.tick}
              x={drawn.x.at(index + 0.5)}
              y={TOP + plot + AXIS - 3}
              textAnchor="middle"
            >
              {rows[index]!.periodText}
            </text>
          ))}
          <text className={styles.tick} x={drawn.left} y={stripTop(0) - 5}>
            {t('chart.as-was', 'As it was judged')}
          </text>
          <LevelStrip levels={rows.map(({ level }) => level)} x={drawn.x.at} y={stripTop(0)} height={STRIP} />
          {hasChange && (
            <>
              <text className={styles.tick} x={drawn.left} y={stripTop(1) - 5}>
                {t('chart.with-these', 'With these values')}
              </text>
              <LevelStrip
                levels={rows.map(({ levelThen }) => levelThen)}
                x={drawn.x.at}
                y={stripTop(1)}
                height={STRIP}
              />
            </>
          )}
          {pointed !== null && (
            <line
              className={styles.pointer}
              x1={drawn.x.at(pointed + 0.5)}
              x2={drawn.x.at(pointed + 0.5)}
              y1={TOP}
              y2={height}
            />
          )}
        </svg>
      )}
      <p id={`${id}pointed`} className={styles.pointed} aria-live="polite">
        {pointed !== null && rows[pointed] && rowText(rows[pointed], hasChange)}
        {pointed === null &&
          drawn &&
          drawn.far.length > 0 &&
          t('chart.far', 'Too far away to be drawn: {{levels}}', {
            levels: drawn.far.map((level) => levelWord(level).toLowerCase()).join(', '),
            interpolation,
          })}
      </p>
    </div>
  );
}

function rowText({ periodText, valueText, level, levelThen }: PreviewRow, hasChange: boolean): string {
  const words = {
    period: periodText,
    value: valueText,
    level: levelWord(wordOf(level)),
    then: levelWord(wordOf(levelThen)),
  };
  return hasChange
    ? t('chart.pointed-both', '{{period}}: {{value}}. Was {{level}}, would have been {{then}}', {
        ...words,
        interpolation,
      })
    : t('chart.pointed', '{{period}}: {{value}}. {{level}}', { ...words, interpolation });
}

function tickText(value: number, { unit, decimals }: Unit): string {
  const isLarge = Math.abs(value) >= 10_000;
  return formatValue(value, { unit, decimals: isLarge ? 2 : decimals, compact: isLarge });
}

/** Periods with room for their names: every so many, the newest among them. */
function periodsToName(rows: readonly PreviewRow[], room: number): number[] {
  const wide = Math.max(...rows.map(({ periodText }) => periodText.length)) * TEXT * 0.58 + 16;
  const every = Math.ceil((rows.length * wide) / Math.max(room, wide));
  return rows.map((_, index) => index).filter((index) => (rows.length - 1 - index) % every === 0);
}

const getStyles = (theme: GrafanaTheme2) => ({
  chart: css({
    minWidth: 0,
    '& svg': { display: 'block', overflow: 'visible', touchAction: 'pan-y', fontVariantNumeric: 'tabular-nums' },
    '& svg:focus-visible': { outline: `2px solid ${theme.colors.primary.border}`, outlineOffset: 2 },
  }),
  grid: css({ stroke: theme.colors.border.weak, strokeWidth: 1, shapeRendering: 'crispEdges' }),
  pointer: css({ stroke: theme.colors.border.strong, strokeWidth: 1, shapeRendering: 'crispEdges' }),
  tick: css({ fontSize: TEXT, fill: theme.colors.text.secondary }),
  pointed: css({
    minHeight: 22,
    margin: theme.spacing(0.5, 0, 0),
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
});
