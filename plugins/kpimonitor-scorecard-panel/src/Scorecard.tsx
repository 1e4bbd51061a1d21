import { css } from '@emotion/css';
import type { GrafanaTheme2, PanelProps } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { Notes, NoValues } from '@kpi-monitor/plugin-shared/states/Notes';
import { hasProvenance, PROVENANCE_HEIGHT, ProvenanceLine } from '@kpi-monitor/plugin-shared/states/ProvenanceLine';
import { useKept } from '@kpi-monitor/plugin-shared/states/use-kept';
import { useCallback, useMemo } from 'react';

import { Cards } from './cards/Cards';
import { groupRows } from './data/groups';
import { addressOf } from './data/link';
import { sortRows } from './data/order';
import type { ScoreRow } from './data/row';
import { readScorecard } from './data/scorecard';
import { compacted } from './data/value-text';
import { HeatMap } from './heatmap/HeatMap';
import { DEFAULTS, type ScorecardOptions } from './options';
import { AllWell } from './states/AllWell';
import { StatusTable } from './table/StatusTable';

/** Where KPIs stand, as cards, a table or a heat map: a function from data frames to pixels. */
export function Scorecard({ data, options: chosen, width, height, timeRange }: PanelProps<ScorecardOptions>) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const options = useMemo(() => ({ ...DEFAULTS, ...chosen }), [chosen]);
  const { sortBy, groupBy, onlyProblems, compact, detailUid, view } = options;
  const read = useMemo(() => readScorecard(data.series, theme), [data.series, theme]);
  const scorecard = useKept(read, read.rows.length === 0, data.state);
  const { rows, groups } = useMemo(() => {
    const shown = scorecard.rows.filter((row) => !onlyProblems || row.status !== 'normal');
    const sorted = sortRows(compact ? shown.map(compacted) : shown, sortBy);
    return { rows: sorted, groups: groupRows(sorted, groupBy, sortBy) };
  }, [scorecard, onlyProblems, compact, sortBy, groupBy]);
  const { from, to } = timeRange.raw;
  const addressFor = useCallback((row: ScoreRow) => addressOf(row, detailUid, { from, to }), [detailUid, from, to]);

  const known = { provenance: scorecard.provenance, askedAt: data.request?.startTime };
  const room = height - (hasProvenance(known) ? PROVENANCE_HEIGHT : 0);
  const shared = { rows, exactRows: scorecard.rows, groups, options, addressOf: addressFor };
  return (
    <div className={styles.panel} style={{ width, height }}>
      <ProvenanceLine {...known} />
      {scorecard.rows.length > 0 && <Notes data={data} notices={scorecard.notices} />}
      {scorecard.rows.length === 0 && <NoValues data={data} />}
      {scorecard.rows.length > 0 && rows.length === 0 && <AllWell count={scorecard.rows.length} />}
      {rows.length > 0 && view === 'cards' && <Cards {...shared} width={width} height={room} />}
      {rows.length > 0 && view === 'table' && <StatusTable {...shared} width={width} />}
      {rows.length > 0 && view === 'heatmap' && <HeatMap {...shared} />}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  panel: css({
    overflow: 'auto',
    fontSize: theme.typography.body.fontSize,
    '@media print': { '&&': { width: 'auto !important', height: 'auto !important', overflow: 'visible' } },
  }),
});
