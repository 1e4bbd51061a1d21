import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import type { PreviewAnswer } from '@kpi-monitor/model/query/judgement-answer';
import { Note } from '@kpi-monitor/plugin-shared/states/Note';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';

import { LevelName } from '../judgement/LevelName';
import type { Unit } from '../judgement/value-text';
import { Failed } from '../page/Failed';

import { Changed } from './Changed';
import { Chart } from './Chart';
import type { Preview } from './use-preview';

interface Props {
  preview: Preview;
  name: string;
  unit: Unit;
  /** what is written cannot be previewed: the last preview stays, faint */
  isStopped: boolean;
}

/** How the last year was judged, and how it would have been with what is written. */
export function PreviewSection({ preview, name, unit, isStopped }: Props) {
  const styles = useStyles2(getStyles);
  const { answer, hasChange, refusal, isAsking, again } = preview;
  const isCounted = answer !== undefined && answer.problems.length === 0;
  return (
    <section aria-label={t('preview.label', 'Preview on the last year')} aria-busy={isAsking}>
      <h2 className={styles.title}>{title(answer, hasChange)}</h2>
      {refusal && (
        <Failed
          severity="warning"
          title={t('preview.failed', 'The preview could not be made')}
          refusal={refusal}
          onRetry={again}
        />
      )}
      {!answer && !refusal && <LoadingPlaceholder text={t('preview.loading', 'Judging the last year …')} />}
      {answer && (
        <div className={cx(styles.body, (isStopped || isAsking) && styles.faint)}>
          <p className={styles.text} role="status">
            {isStopped
              ? t('preview.stopped', 'Goes on once the mistakes are put right.')
              : isCounted && (hasChange ? sentence(answer.text) : '')}
          </p>
          {answer.periods === 0 ? (
            <Note mark="no_data" title={t('preview.empty', 'The last year has no values to judge')} />
          ) : (
            <>
              <Chart
                rows={answer.rows}
                unit={unit}
                hasChange={hasChange && isCounted}
                label={spoken(name, answer, hasChange)}
              />
              <Counts answer={answer} hasChange={hasChange && isCounted} />
              {hasChange && isCounted && <Changed rows={answer.rows} />}
            </>
          )}
        </div>
      )}
    </section>
  );
}

const YEAR_MS = 365.25 * 86_400_000;

/** A year is looked at, and of longer periods as many years as it takes to see twelve of them. */
function title(answer: PreviewAnswer | undefined, hasChange: boolean): string {
  const years = answer ? Math.round((answer.to - answer.from) / YEAR_MS) : 1;
  if (years <= 1) {
    return hasChange
      ? t('preview.title-change', 'Had this held for the last year')
      : t('preview.title', 'How the last year was judged');
  }
  const words = { years, interpolation };
  return hasChange
    ? t('preview.title-change-years', 'Had this held for the last {{years}} years', words)
    : t('preview.title-years', 'How the last {{years}} years were judged', words);
}

const COUNTED = [
  ['normal', 'normal'],
  ['warning', 'warning'],
  ['critical', 'critical'],
  ['emergency', 'emergency'],
  ['not_judged', 'notJudged'],
] as const;

function Counts({ answer, hasChange }: { answer: PreviewAnswer; hasChange: boolean }) {
  const styles = useStyles2(getStyles);
  const { now, then, periods } = answer;
  return (
    <table className={styles.counts}>
      <thead>
        <tr>
          <th scope="col">{t('preview.periods', 'Of {{periods}} periods', { periods, interpolation })}</th>
          <th scope="col">{t('chart.as-was', 'As it was judged')}</th>
          {hasChange && <th scope="col">{t('chart.with-these', 'With these values')}</th>}
        </tr>
      </thead>
      <tbody>
        {COUNTED.filter(([level, count]) => level !== 'not_judged' || now[count] + then[count] > 0).map(
          ([level, count]) => (
            <tr key={level}>
              <th scope="row">
                <LevelName level={level} />
              </th>
              <td>{now[count]}</td>
              {hasChange && <td className={cx(now[count] !== then[count] && styles.differs)}>{then[count]}</td>}
            </tr>
          )
        )}
      </tbody>
    </table>
  );
}

function sentence(text: string): string {
  return text && `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
}

function spoken(name: string, answer: PreviewAnswer, hasChange: boolean): string {
  const words = {
    name,
    periods: answer.periods,
    from: answer.rows[0]?.periodText ?? '',
    to: answer.rows.at(-1)?.periodText ?? '',
    interpolation,
  };
  const shown = t(
    'chart.label',
    '{{name}} from {{from}} to {{to}} with its thresholds; arrow keys go from period to period',
    words
  );
  return hasChange ? `${shown}. ${answer.text}` : shown;
}

const getStyles = (theme: GrafanaTheme2) => ({
  title: css({ margin: theme.spacing(0, 0, 1), fontSize: theme.typography.h4.fontSize }),
  body: css({
    transition: 'opacity 200ms',
    '@media (prefers-reduced-motion: reduce)': { transition: 'none' },
  }),
  faint: css({ opacity: 0.6 }),
  text: css({ minHeight: theme.spacing(3), margin: theme.spacing(0, 0, 1) }),
  counts: css({
    fontVariantNumeric: 'tabular-nums',
    'th, td': { padding: theme.spacing(0.25, 3, 0.25, 0), textAlign: 'left' },
    th: { fontWeight: theme.typography.fontWeightRegular },
    'thead th': { color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize },
  }),
  differs: css({ fontWeight: theme.typography.fontWeightBold }),
});
