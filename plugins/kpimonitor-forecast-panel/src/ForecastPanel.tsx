import { css } from '@emotion/css';
import type { GrafanaTheme2, PanelProps } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { Note } from '@kpi-monitor/plugin-shared/states/Note';
import { Notes, NoValues } from '@kpi-monitor/plugin-shared/states/Notes';
import { hasProvenance, PROVENANCE_HEIGHT, ProvenanceLine } from '@kpi-monitor/plugin-shared/states/ProvenanceLine';
import { useKept } from '@kpi-monitor/plugin-shared/states/use-kept';
import { useMemo, useRef } from 'react';

import { ForecastCell } from './cell/ForecastCell';
import { addressOf } from './data/address';
import type { Forecast } from './data/forecast';
import { readForecasts } from './data/read-forecasts';
import { Legend } from './Legend';
import { DEFAULTS, type ForecastOptions } from './options';
import { cellLayout, GAP, hasLegend, LEGEND_HEIGHT } from './panel-layout';
import { edgeWords, findingText } from './words';

/** Where KPIs are going: a function from data frames to pixels. */
export function ForecastPanel(props: PanelProps<ForecastOptions>) {
  const { data, options: given, width, height, timeRange, timeZone, onChangeTimeRange } = props;
  const styles = useStyles2(getStyles);
  const root = useRef<HTMLDivElement>(null);
  const options = useMemo(() => ({ ...DEFAULTS, ...given }), [given]);
  // Translations may come after the first values, so words are asked for with each.
  const { read, words } = useMemo(() => ({ read: readForecasts(data.series), words: edgeWords() }), [data.series]);
  const { all, provenance, notices, isForeign } = useKept(read, read.all.length === 0, data.state);

  const known = { provenance, askedAt: data.request?.startTime };
  const isLegendShown = all.length > 0 && hasLegend({ width, height });
  const room = height - (hasProvenance(known) ? PROVENANCE_HEIGHT : 0) - (isLegendShown ? LEGEND_HEIGHT : 0);
  const { columns } = options;
  const layout = useMemo(
    () => cellLayout({ count: all.length, width, height: room, columns, letters: Math.max(0, ...all.map(lettersOf)) }),
    [all, width, room, columns]
  );
  const inSight = layout.columns * Math.ceil(room / (layout.height + GAP));
  const { from, to } = timeRange.raw;
  return (
    <div className={styles.panel} style={{ width, height }}>
      <ProvenanceLine {...known} />
      {all.length > 0 && <Notes data={data} notices={notices} />}
      {all.length === 0 &&
        (isForeign ? (
          <Note mark="not_judged" isWhole title={t('state.foreign', 'These values are not a forecast')}>
            {t('state.foreign-remedy', 'Ask the KPI Monitor data source for “Where values are going”.')}
          </Note>
        ) : (
          <NoValues data={data} />
        ))}
      {all.length > 0 && (
        <div ref={root} className={styles.body}>
          <ul className={styles.grid} style={{ gridTemplateColumns: `repeat(${layout.columns}, ${layout.width}px)` }}>
            {all.map((forecast, index) => (
              <ForecastCell
                key={forecast.key}
                forecast={forecast}
                options={options}
                layout={layout}
                address={addressOf(forecast, options.detailUid, { from, to })}
                timeZone={timeZone}
                zone={provenance.zone}
                words={words}
                root={root}
                isFirst={index < inSight}
                onZoom={onChangeTimeRange}
              />
            ))}
          </ul>
        </div>
      )}
      {isLegendShown && <Legend forecasts={all} options={options} />}
    </div>
  );
}

/** Of what is said above a chart, its mark included. */
function lettersOf({ facts }: Forecast): number {
  const text = findingText(facts);
  return text ? text.length + 3 : 0;
}

const getStyles = (theme: GrafanaTheme2) => ({
  panel: css({
    display: 'flex',
    flexDirection: 'column',
    overflow: 'hidden',
    fontSize: theme.typography.body.fontSize,
    '@media print': { '&&': { width: 'auto !important', height: 'auto !important', overflow: 'visible' } },
  }),
  body: css({ flex: 1, minHeight: 0, overflow: 'auto', '@media print': { overflow: 'visible' } }),
  grid: css({ display: 'grid', gap: GAP, margin: 0, padding: 0, listStyle: 'none' }),
});
