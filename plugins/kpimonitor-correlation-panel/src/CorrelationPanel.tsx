import { css, cx } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2, type PanelProps } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import type { PairRow } from '@kpi-monitor/model/query/correlation-frames';
import type { Grain } from '@kpi-monitor/model/time/grain';
import { detailAddress } from '@kpi-monitor/plugin-shared/links/detail-address';
import { Note } from '@kpi-monitor/plugin-shared/states/Note';
import { Notes, NoValues } from '@kpi-monitor/plugin-shared/states/Notes';
import { hasProvenance, PROVENANCE_HEIGHT, ProvenanceLine } from '@kpi-monitor/plugin-shared/states/ProvenanceLine';
import { useKept } from '@kpi-monitor/plugin-shared/states/use-kept';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

import { pairKey, strongestOf } from './data/pair';
import { readCorrelation } from './data/read-correlation';
import { Finding, methodText } from './finding/Finding';
import { Matrix } from './matrix/Matrix';
import { type CorrelationOptions, DEFAULTS } from './options';
import { PairView } from './pair/PairView';
import { bodyLayout, headOf, SCROLL_BAR } from './panel-layout';
import { RankedList } from './ranked/RankedList';
import { rankedKpi, rankingOf } from './ranked/ranking';

/** What moves with what: a function from data frames to pixels. */
export function CorrelationPanel(props: PanelProps<CorrelationOptions>) {
  const { data, options: given, width, height, timeRange, replaceVariables } = props;
  const styles = useStyles2(getStyles);
  const { view: firstView, kpi: wanted, detailUid } = { ...DEFAULTS, ...given };
  const read = useMemo(() => readCorrelation(data.series), [data.series]);
  const correlation = useKept(read, read.kpis.length === 0, data.state);

  const [view, setView] = useFollowing(firstView);
  const asked = wanted ? replaceVariables(wanted, undefined, 'csv') : '';
  const [kpi, setKpi] = useFollowing(rankedKpi(correlation, asked));
  const { from, to } = timeRange.raw;
  const addressOf = useCallback((id: string) => detailAddress(id, detailUid, { from, to }), [detailUid, from, to]);

  const known = { provenance: correlation.provenance, askedAt: data.request?.startTime };
  const head = headOf({ width, height }, methodText(correlation).length);
  const room = height - head.height - (hasProvenance(known) ? PROVENANCE_HEIGHT : 0);
  const layout = useMemo(() => {
    const names = correlation.kpis.map(({ name }) => name);
    return bodyLayout(names, view, { width, height: room });
  }, [correlation, view, width, room]);

  // Undefined until somebody chooses or closes: then the strongest is shown, where it takes no room from the matrix.
  const [chosenKey, setChosenKey] = useState<string | null | undefined>(undefined);
  const chosen = useMemo(() => {
    if (chosenKey !== undefined) {
      return correlation.pairs.find(({ a, b }) => pairKey(a, b) === chosenKey) ?? null;
    }
    if (!layout.isBeside && correlation.pairs.length > 1) {
      return null;
    }
    return view === 'matrix' ? strongestOf(correlation) : (rankingOf(correlation, kpi).beyondChance[0]?.pair ?? null);
  }, [chosenKey, correlation, layout.isBeside, view, kpi]);
  const choose = (pair: PairRow) => setChosenKey(pairKey(pair.a, pair.b));
  const chooseKpi = (id: string) => {
    setKpi(id);
    setChosenKey(undefined);
  };

  const below = useShownWhenChosen(chosenKey, !layout.isBeside);
  const count = correlation.kpis.length;
  const mainWidth = chosen ? layout.mainWidth : width - SCROLL_BAR;
  return (
    <div className={styles.panel} style={{ width, height }}>
      <ProvenanceLine {...known} />
      {count > 0 && <Notes data={data} notices={correlation.notices} />}
      {count === 0 && <NoValues data={data} />}
      {count === 1 && (
        <Note mark="not_judged" isWhole title={t('state.one', 'Only one KPI: there is nothing to compare it with')}>
          {t('state.one-remedy', 'Choose at least two KPIs in the query.')}
        </Note>
      )}
      {count > 1 && (
        <>
          <Finding correlation={correlation} view={view} onView={setView} head={head} />
          <div className={cx(styles.body, chosen && layout.isBeside && styles.beside)}>
            <div className={styles.main} style={{ width: mainWidth }}>
              {view === 'matrix' ? (
                <Matrix
                  correlation={correlation}
                  width={mainWidth}
                  height={room}
                  hasLegend={head.hasLegend}
                  chosen={chosen}
                  onChoose={choose}
                  addressOf={addressOf}
                />
              ) : (
                <RankedList correlation={correlation} kpi={kpi} onKpi={chooseKpi} chosen={chosen} onChoose={choose} />
              )}
            </div>
            {chosen && (
              <div ref={below} className={styles.pair} style={{ width: layout.pairWidth + SCROLL_BAR }}>
                <PairView
                  correlation={correlation}
                  pair={chosen}
                  width={layout.pairWidth}
                  height={room}
                  addressOf={addressOf}
                  dateText={dateWriter(correlation.facts?.grain)}
                  onClose={() => setChosenKey(null)}
                />
              </div>
            )}
          </div>
        </>
      )}
    </div>
  );
}

/** A choice of the viewer, until what it began with changes. */
function useFollowing<T>(given: T): [T, (value: T) => void] {
  const [state, setState] = useState({ given, value: given });
  if (state.given !== given) {
    setState({ given, value: given });
  }
  return [state.given === given ? state.value : given, (value) => setState({ given, value })];
}

/** A pair's view below the matrix may be out of sight. */
function useShownWhenChosen(key: string | null | undefined, isBelow: boolean) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (key && isBelow) {
      element.current?.scrollIntoView?.({ block: 'nearest' });
    }
  }, [key, isBelow]);
  return element;
}

/** Periods of a day or longer are civil dates at 00:00Z, so they are written in UTC. */
function dateWriter(grain: Grain | undefined): (time: number) => string {
  const format = grain === 'month' ? 'MMM YYYY' : grain?.endsWith('year') ? 'YYYY' : 'D MMM YYYY';
  const isFine = grain === 'hour' || grain === 'minute';
  return (time) => dateTimeFormat(time, isFine ? { format: 'D MMM HH:mm' } : { format, timeZone: 'utc' });
}

const getStyles = (theme: GrafanaTheme2) => ({
  panel: css({
    display: 'flex',
    flexDirection: 'column',
    overflow: 'auto',
    fontSize: theme.typography.body.fontSize,
    '@media print': { '&&': { width: 'auto !important', height: 'auto !important', overflow: 'visible' } },
  }),
  body: css({ flex: 1, minHeight: 0 }),
  beside: css({
    display: 'flex',
    columnGap: 24,
    '& > *': { overflow: 'auto', maxHeight: '100%' },
    '@media print': { '& > *': { overflow: 'visible' } },
  }),
  main: css({ flex: 'none' }),
  pair: css({ flex: 'none' }),
});
