import type { Level } from '@kpi-monitor/model/status';
import { useTheme2 } from '@grafana/ui';
import { statusPalette } from '@kpi-monitor/plugin-shared/status-palette';

import { wordOf } from '../judgement/LevelName';

interface Props {
  levels: ReadonlyArray<Level | null>;
  x: (index: number) => number;
  y: number;
  height: number;
}

/** A bar a period: the worse its level the taller, so that it is read without colour. A period that is not judged is a dot. */
export function LevelStrip({ levels, x, y, height }: Props) {
  const palette = statusPalette(useTheme2());
  return (
    <g>
      {levels.map((level, index) => {
        const [from, to] = [x(index), x(index + 1)];
        const gap = Math.min(2, (to - from) * 0.15);
        const tall = level === null ? 2 : Math.max(3, (height * (level + 0.25)) / 3.25);
        const { mark } = palette[wordOf(level)];
        return (
          <rect
            key={index}
            x={from + gap / 2}
            y={y + height - tall}
            width={Math.max(0.5, level === null ? Math.min(2, to - from - gap) : to - from - gap)}
            height={tall}
            fill={mark}
            opacity={level === null ? 0.6 : level === 0 ? 0.45 : 1}
          />
        );
      })}
    </g>
  );
}
