import { css } from '@emotion/css';
import type { AbsoluteTimeRange, GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { useSame } from '@kpi-monitor/plugin-shared/states/use-same';
import { MiddleCut } from '@kpi-monitor/plugin-shared/text/MiddleCut';
import { memo, type RefObject, useId, useMemo } from 'react';

import { Chart } from '../chart/Chart';
import { valueWriter } from '../chart/value-text';
import { type Forecast, landingOf, saidBy } from '../data/forecast';
import type { ForecastOptions } from '../options';
import { type CellLayout, HEAD_HEIGHT, LINE_HEIGHT } from '../panel-layout';
import { type EdgeWords, periodText, spokenChart } from '../words';

import { hasMaking, HowMade } from './HowMade';
import { LandingLine } from './LandingLine';
import { Sentence } from './Sentence';
import { useInView } from './use-in-view';

interface Props {
  forecast: Forecast;
  options: ForecastOptions;
  layout: CellLayout;
  /** where its name leads */
  address: string | undefined;
  timeZone: string;
  /** of the business */
  zone: string;
  words: EdgeWords;
  /** what it is scrolled in */
  root: RefObject<HTMLElement>;
  isFirst: boolean;
  onZoom: (range: AbsoluteTimeRange) => void;
}

/** Less than this is no chart. */
const LEAST_CHART = 40;

/** One KPI: its name, what is found, where it lands, and the chart. */
export const ForecastCell = memo(function ForecastCell(props: Props) {
  const { options, layout, address, timeZone, zone, root, isFirst, onZoom } = props;
  const forecast = useSame(props.forecast, saidBy);
  const words = useSame(props.words, JSON.stringify);
  const { facts, title, field } = forecast;
  const { width, height, sentenceLines, hasLanding, chartHeight } = layout;
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const id = useId();
  const { element, isInView } = useInView(root, isFirst);
  const write = useMemo(() => valueWriter(field, theme), [field, theme]);
  const landing = useMemo(() => landingOf(forecast), [forecast]);
  const spoken = useMemo(
    () => (isInView ? spokenChart(forecast, write, timeZone) : ''),
    [isInView, forecast, write, timeZone]
  );
  return (
    <li ref={element} className={styles.cell} style={{ height }}>
      <div className={styles.head}>
        <h3 id={`${id}name`} className={styles.name} title={title}>
          {address ? (
            <a className={styles.link} href={address}>
              <MiddleCut text={title} />
            </a>
          ) : (
            <MiddleCut text={title} />
          )}
        </h3>
        {isInView && hasMaking(facts) && <HowMade facts={facts} title={title} zone={zone} />}
      </div>
      {sentenceLines > 0 && <Sentence facts={facts} lines={sentenceLines} />}
      {hasLanding && (
        <div className={styles.landing}>
          {landing && (
            <LandingLine
              landing={landing}
              period={periodText(landing.time, facts.grain, timeZone)}
              told={spoken}
              write={write}
              width={width}
            />
          )}
        </div>
      )}
      <p id={`${id}told`} className={styles.told}>
        {spoken}
      </p>
      {isInView && chartHeight >= LEAST_CHART && (
        <Chart
          forecast={forecast}
          options={options}
          width={width}
          height={chartHeight}
          timeZone={timeZone}
          write={write}
          words={words}
          labelledBy={`${id}name ${id}told`}
          onZoom={onZoom}
        />
      )}
    </li>
  );
});

const getStyles = (theme: GrafanaTheme2) => ({
  cell: css({ position: 'relative', minWidth: 0, overflow: 'hidden', breakInside: 'avoid' }),
  head: css({
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
    height: HEAD_HEIGHT,
  }),
  name: css({
    minWidth: 0,
    margin: 0,
    fontSize: theme.typography.body.fontSize,
    fontWeight: theme.typography.fontWeightMedium,
  }),
  link: css({ color: 'inherit', '&:hover': { textDecoration: 'underline' } }),
  landing: css({ height: LINE_HEIGHT }),
  told: css({ position: 'absolute', width: 1, height: 1, margin: -1, overflow: 'hidden', clipPath: 'inset(50%)' }),
});
