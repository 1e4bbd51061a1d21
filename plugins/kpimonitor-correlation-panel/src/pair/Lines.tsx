import { cx } from '@emotion/css';
import { t } from '@grafana/i18n';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { linearScale, niceTicks, rangeOf } from '@kpi-monitor/plugin-shared/chart/scale';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';
import { type PointerEvent, useMemo, useState } from 'react';

import type { Led } from '../data/pair';
import type { Course } from '../data/read-correlation';

import { isKnown } from './aligned';
import { chartStyles, textWidth } from './chart';
import { climb, linePath, spanOf } from './lines-geometry';
import { tickWriter, valueWriter } from './value-text';

interface Props {
  led: Led;
  first: Course;
  second: Course;
  /** `14 days` */
  shiftText: string;
  dateText: (time: number) => string;
  width: number;
  height: number;
}

const TICKS = 3;
const DATE_ROOM = 90;
/** A line that goes up and down by this many times its length is drawn fainter: it would hide the other. */
const ROUGH = 4;

/** Both KPIs over time, each on an axis of its own; the one that moves first is drawn later, so that the two line up. */
export function Lines({ led, first, second, shiftText, dateText, width, height }: Props) {
  const theme = useTheme2();
  const styles = useStyles2(chartStyles);
  const [pointed, setPointed] = useState<number | null>(null);
  const { shift } = led;
  const drawn = useMemo(() => {
    const span = spanOf(first, second, shift);
    const ranges = [rangeOf(first.values), rangeOf(second.values)];
    if (!span || !ranges[0] || !ranges[1]) {
      return null;
    }
    const plotHeight = height - 6 - 18;
    const sides = [first, second].map((course, i) => {
      const range = ranges[i]!;
      const ticks = niceTicks(...range, TICKS);
      const write = tickWriter(course.field, ticks, theme);
      const y = linearScale(...range, 6 + plotHeight, -plotHeight);
      return { y, ticks: ticks.map((value) => ({ at: y.at(value), text: write(value) })) };
    });
    const [left, right] = sides.map(({ ticks }) => Math.min(80, textWidth(ticks.map(({ text }) => text)) + 8));
    const x = linearScale(...span, left!, width - left! - right!);
    return {
      span,
      x,
      left: left!,
      right: width - right!,
      bottom: 6 + plotHeight,
      sides,
      isRough: [first, second].map(({ values }, i) => climb(values, sides[i]!.y) > ROUGH * (width - left! - right!)),
      paths: [
        linePath(first.values, (index) => x.at(index + shift), sides[0]!.y),
        linePath(second.values, x.at, sides[1]!.y),
      ],
    };
  }, [first, second, shift, width, height, theme]);
  if (!drawn) {
    return null;
  }
  const { span, x, left, right, bottom, sides, paths, isRough } = drawn;
  const inks = [theme.colors.text.primary, theme.colors.primary.text];
  const names = [led.firstName, led.secondName];
  const dates = dateTicks(second.times, span, Math.max(2, Math.floor((right - left) / DATE_ROOM)));
  const onPointerMove = (event: PointerEvent<SVGSVGElement>) => {
    const at = (event.clientX - event.currentTarget.getBoundingClientRect().left - left) / (right - left);
    const index = Math.round(span[0] + at * (span[1] - span[0]));
    setPointed(index >= span[0] && index <= span[1] ? index : null);
  };
  const marks =
    pointed === null
      ? []
      : [
          { course: first, index: pointed - shift, y: sides[0]!.y },
          { course: second, index: pointed, y: sides[1]!.y },
        ];
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.caption}>
        {names.map((name, i) => (
          <span key={name} style={{ color: inks[i] }}>
            {'— '}
            {name}
            {i === 0 && shift > 0 && (
              <span className={styles.quiet}>
                {' '}
                {t('lines.shifted', 'drawn {{span}} later', { span: shiftText, interpolation })}
              </span>
            )}
          </span>
        ))}
      </figcaption>
      <svg
        className={styles.chart}
        width={width}
        height={height}
        role="img"
        aria-label={t('lines.label', '{{first}} and {{second}} over time', {
          first: names[0],
          second: names[1],
          interpolation,
        })}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setPointed(null)}
      >
        <line className={styles.zero} x1={left} x2={right} y1={bottom} y2={bottom} />
        {sides.map(({ ticks }, i) =>
          ticks.map(({ at, text }) => (
            <text
              key={`${i} ${text}`}
              x={i === 0 ? left - 6 : right + 6}
              y={at}
              textAnchor={i === 0 ? 'end' : 'start'}
              dominantBaseline="central"
              fontSize={11}
              fill={inks[i]}
            >
              {text}
            </text>
          ))
        )}
        {dates.map((index) => (
          <text key={index} className={styles.tick} x={x.at(index)} y={height - 4} textAnchor="middle">
            {dateText(second.times[index]!)}
          </text>
        ))}
        {paths.map((d, i) => (
          <path
            key={i}
            d={d}
            fill="none"
            stroke={inks[i]}
            strokeWidth={isRough[i] ? 1 : 1.5}
            strokeOpacity={isRough[i] ? 0.6 : 1}
            strokeLinejoin="round"
            strokeLinecap="round"
          />
        ))}
        {pointed !== null && <line className={styles.zero} x1={x.at(pointed)} x2={x.at(pointed)} y1={6} y2={bottom} />}
        {marks.map(({ course, index, y }, i) => {
          const value = course.values[index];
          return isKnown(value) && <circle key={i} cx={x.at(pointed!)} cy={y.at(value)} r={3} fill={inks[i]} />;
        })}
      </svg>
      <div className={cx(styles.caption, styles.quiet)} style={{ minHeight: 20 }} aria-hidden="true">
        {marks.map(({ course, index }, i) => {
          const value = course.values[index];
          return (
            isKnown(value) && (
              <span key={i} style={{ color: inks[i] }}>
                {valueWriter(course.field, theme)(value)}{' '}
                <span className={styles.quiet}>{dateText(course.times[index]!)}</span>
              </span>
            )
          );
        })}
      </div>
    </figure>
  );
}

/** Periods to name on the axis, evenly and away from its ends. */
function dateTicks(times: readonly number[], [from, to]: [number, number], most: number) {
  const last = Math.min(to, times.length - 1);
  const count = Math.max(1, Math.min(most, last - from + 1));
  return Array.from({ length: count }, (_, i) => Math.round(from + ((last - from) * (i + 0.5)) / count));
}
