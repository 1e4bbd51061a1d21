import { css } from '@emotion/css';
import { type AbsoluteTimeRange, DashboardCursorSync, type GrafanaTheme2 } from '@grafana/data';
import { KeyboardPlugin, TooltipPlugin2, UPlotChart, usePanelContext, useStyles2, useTheme2 } from '@grafana/ui';
import { useMemo } from 'react';

import type { Forecast } from '../data/forecast';
import { shownFrom } from '../data/history';
import type { ForecastOptions } from '../options';
import { type EdgeWords, tickText, type Write } from '../words';

import { plotColumns, plotConfig } from './config';
import { HOVER_ALL } from './hover';
import { forecastPalette } from './palette';
import { PeriodTooltip } from './PeriodTooltip';
import { sceneOf } from './scene';
import { tickWriter } from './value-text';
import { zoomRange } from './zoom';

interface Props {
  forecast: Forecast;
  options: ForecastOptions;
  width: number;
  height: number;
  timeZone: string;
  write: Write;
  words: EdgeWords;
  /** ids of what names and tells the chart */
  labelledBy: string;
  onZoom: (range: AbsoluteTimeRange) => void;
}

/** A chart wide enough for words at its right edge, and one for numbers at its left. */
const WORDS_FROM = 480;
const VALUES_FROM = 220;

/** What was, and what is expected, over time. */
export function Chart({ forecast, options, width, height, timeZone, write, words, labelledBy, onZoom }: Props) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const { sync, eventsScope } = usePanelContext();
  const { bands, history, showTarget, showThresholds, showMarks } = options;
  const hasWords = width >= WORDS_FROM;
  const hasValueAxis = width >= VALUES_FROM;
  const drawn = useMemo(() => {
    const first = shownFrom(forecast, history);
    const scene = sceneOf(forecast, first, { bands, showTarget, showThresholds, showMarks });
    if (!scene) {
      return null;
    }
    const { grain } = forecast.facts;
    const config = plotConfig({
      scene,
      grain,
      bands,
      theme,
      timeZone,
      look: {
        palette: forecastPalette(theme),
        fontFamily: theme.typography.fontFamily,
        hasWords,
        words,
      },
      hasValueAxis,
      writeTick: tickWriter(forecast.field, theme),
      writeDate: (time, unit) => tickText(time, unit, grain),
      labelledBy,
    });
    return { first, config, data: plotColumns(scene) };
  }, [
    forecast,
    history,
    bands,
    showTarget,
    showThresholds,
    showMarks,
    theme,
    timeZone,
    hasWords,
    hasValueAxis,
    labelledBy,
    words,
  ]);
  if (!drawn) {
    return null;
  }
  const { first, config, data } = drawn;
  return (
    <div className={styles.chart}>
      {/* A plot takes a new size or new data, but not both at once: so what is new is a new plot. */}
      <UPlotChart key={config.uid} config={config} data={data} width={width} height={height}>
        <KeyboardPlugin config={config} />
        <TooltipPlugin2
          config={config}
          hoverMode={HOVER_ALL}
          queryZoom={(range) => onZoom(zoomRange(range, forecast))}
          syncMode={sync?.() ?? DashboardCursorSync.Off}
          syncScope={eventsScope}
          render={(_plot, rows) => {
            const row = rows[0];
            return row === null || row === undefined ? null : (
              <PeriodTooltip forecast={forecast} row={first + row} write={write} timeZone={timeZone} />
            );
          }}
        />
      </UPlotChart>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  chart: css({
    '& .uplot:focus-visible': { outline: `2px solid ${theme.colors.primary.border}`, outlineOffset: -2 },
  }),
});
