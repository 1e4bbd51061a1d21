import { t } from '@grafana/i18n';
import { Select, useStyles2, useTheme2 } from '@grafana/ui';
import type { PairRow } from '@kpi-monitor/model/query/correlation-frames';
import { useId, useMemo, useState } from 'react';

import type { Correlation } from '../data/read-correlation';
import { correlationPalette } from '../palette';

import { RankedRow } from './RankedRow';
import { rankedStyles } from './ranked-styles';
import { rankingOf } from './ranking';

interface Props {
  correlation: Correlation;
  kpi: string;
  onKpi: (kpi: string) => void;
  chosen: PairRow | null;
  onChoose: (pair: PairRow) => void;
}

/** What moves with one KPI, the strongest first; what may be chance is below a fold. */
export function RankedList({ correlation, kpi, onKpi, chosen, onChoose }: Props) {
  const styles = useStyles2(rankedStyles);
  const palette = correlationPalette(useTheme2());
  const id = useId();
  const [isUnfolded, setUnfolded] = useState(false);
  const { beyondChance, rest } = useMemo(() => rankingOf(correlation, kpi), [correlation, kpi]);
  const shared = { chosen, onChoose, grain: correlation.facts?.grain, palette };
  return (
    <div>
      <div className={styles.question}>
        <label htmlFor={id}>{t('ranked.question', 'What moves with')}</label>
        <Select
          inputId={id}
          width={28}
          options={correlation.kpis.map(({ kpi: value, name, categoryName }) => ({
            value,
            label: name,
            description: categoryName || undefined,
          }))}
          value={kpi}
          onChange={({ value }) => value && onKpi(value)}
        />
      </div>
      {beyondChance.length === 0 && (
        <p className={styles.nothing}>{t('ranked.nothing', 'Nothing here moves with it beyond chance')}</p>
      )}
      <ul className={styles.list}>
        {beyondChance.map((row) => (
          <RankedRow key={row.kpi} row={row} {...shared} />
        ))}
      </ul>
      {rest.length > 0 && (
        <>
          <button
            type="button"
            className={styles.fold}
            aria-expanded={isUnfolded}
            onClick={() => setUnfolded(!isUnfolded)}
          >
            {isUnfolded ? '▾ ' : '▸ '}
            {t('ranked.fold', '{{count}} that may be chance', { count: rest.length })}
          </button>
          {isUnfolded && (
            <ul className={styles.list}>
              {rest.map((row) => (
                <RankedRow key={row.kpi} row={row} {...shared} />
              ))}
            </ul>
          )}
        </>
      )}
    </div>
  );
}
