import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2, useTheme2 } from '@grafana/ui';
import type { ReactNode } from 'react';

import { forecastPalette } from './chart/palette';
import { type Forecast, isKnown } from './data/forecast';
import type { ForecastOptions } from './options';
import { LEGEND_HEIGHT } from './panel-layout';

interface Props {
  forecasts: readonly Forecast[];
  options: ForecastOptions;
}

const WIDTH = 20;
const HEIGHT = 12;

/** What lines and marks say: only of those that are drawn. */
export function Legend({ forecasts, options }: Props) {
  const styles = useStyles2(getStyles);
  const palette = forecastPalette(useTheme2());
  const has = (column: 'forecast' | 'target' | 'lower90') => forecasts.some((one) => one[column].some(isKnown));
  const hasMark = (kind: string) =>
    options.showMarks && forecasts.some(({ facts }) => facts.marks.some((mark) => mark.kind === kind));
  const middle = { x1: 0, x2: WIDTH, y1: HEIGHT / 2, y2: HEIGHT / 2 };
  const box = { width: WIDTH, height: HEIGHT };
  const entries: Array<[isShown: boolean, text: string, drawing: ReactNode]> = [
    [true, t('legend.actual', 'actual'), <line key="" {...middle} stroke={palette.history} strokeWidth={1.5} />],
    [
      has('forecast'),
      t('legend.expected', 'expected'),
      <line key="" {...middle} stroke={palette.forecast} strokeWidth={2} strokeDasharray="6 4" />,
    ],
    [
      has('lower90') && options.bands === 'both',
      t('legend.half', '50 % likely'),
      <g key="">
        <rect {...box} fill={palette.band90} />
        <rect {...box} fill={palette.band50} />
      </g>,
    ],
    [
      has('lower90') && options.bands !== 'none',
      t('legend.range', '90 % likely'),
      <rect key="" {...box} fill={palette.band90} />,
    ],
    [
      has('target') && options.showTarget,
      t('legend.target', 'target'),
      <line key="" {...middle} stroke={palette.target} strokeWidth={1.5} strokeDasharray="1.5 3" />,
    ],
    [
      hasMark('anomaly'),
      t('legend.anomaly', 'unusual'),
      <circle key="" cx={WIDTH / 2} cy={HEIGHT / 2} r={4.5} fill="none" stroke={palette.history} strokeWidth={1.5} />,
    ],
    [
      hasMark('changepoint'),
      t('legend.changepoint', 'new level'),
      <line key="" x1={WIDTH / 2} x2={WIDTH / 2} y1={0} y2={HEIGHT} stroke={palette.history} strokeWidth={2} />,
    ],
  ];
  return (
    <ul className={styles.legend} aria-label={t('legend.label', 'Key')}>
      {entries.map(
        ([isShown, text, drawing]) =>
          isShown && (
            <li key={text} className={styles.entry}>
              <svg {...box} aria-hidden="true" focusable="false">
                {drawing}
              </svg>
              {text}
            </li>
          )
      )}
    </ul>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  legend: css({
    display: 'flex',
    gap: theme.spacing(0, 2),
    height: LEGEND_HEIGHT,
    margin: 0,
    paddingTop: theme.spacing(1),
    overflow: 'hidden',
    listStyle: 'none',
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    lineHeight: '20px',
    flexWrap: 'wrap',
  }),
  entry: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(0.75), whiteSpace: 'nowrap' }),
});
