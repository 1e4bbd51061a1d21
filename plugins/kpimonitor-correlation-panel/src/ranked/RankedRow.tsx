import { cx } from '@emotion/css';
import { useStyles2 } from '@grafana/ui';
import type { PairRow } from '@kpi-monitor/model/query/correlation-frames';
import type { Grain } from '@kpi-monitor/model/time/grain';
import { MiddleCut } from '@kpi-monitor/plugin-shared/text/MiddleCut';

import type { CorrelationPalette } from '../palette';
import { chanceWord, coefficientText, lagWords, waysWord } from '../words';

import { rankedStyles } from './ranked-styles';
import type { Ranked } from './ranking';

interface Props {
  row: Ranked;
  chosen: PairRow | null;
  onChoose: (pair: PairRow) => void;
  grain: Grain | undefined;
  palette: CorrelationPalette;
}

/** Another KPI: how strongly it moves with the chosen one, when, and whether that is chance. */
export function RankedRow({ row: { pair, name, lag }, chosen, onChoose, grain, palette }: Props) {
  const styles = useStyles2(rankedStyles);
  const { r, significant } = pair;
  const movement = r !== null && significant ? [`${lagWords(lag, grain)}, ${waysWord(r)}`] : [];
  const words = [...movement, chanceWord(pair)];
  return (
    <li>
      <button
        type="button"
        className={cx(styles.row, !significant && styles.faint, chosen === pair && styles.chosen)}
        aria-label={[`${name}: r ${coefficientText(r)}`, ...words].join(', ')}
        aria-pressed={chosen === pair}
        onClick={() => onChoose(pair)}
      >
        <span className={styles.name} title={name}>
          <MiddleCut text={name} />
        </span>
        <span className={styles.track}>
          {r !== null && (
            <span
              className={styles.bar}
              style={{
                width: `${Math.abs(r) * 100}%`,
                background: significant ? (r < 0 ? palette.negative : palette.positive) : 'none',
                borderColor: r < 0 ? palette.negative : palette.positive,
              }}
            />
          )}
        </span>
        <span className={styles.number}>{coefficientText(r)}</span>
        <span className={styles.words}>
          {words.map((word, i) => (
            <span key={word} className={cx(styles.line, i === words.length - 1 && styles.quiet)}>
              {word}
            </span>
          ))}
        </span>
      </button>
    </li>
  );
}
