import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, TextLink, useStyles2 } from '@grafana/ui';
import type { JudgementAnswer, JudgementEdit } from '@kpi-monitor/model/query/judgement-answer';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';
import { useState } from 'react';

import { auditAddress } from '../addresses';
import { ask } from '../engine/ask';
import type { Refusal } from '../engine/refusal';
import { dayText, momentText } from '../judgement/day-text';
import type { Unit } from '../judgement/value-text';
import { Failed } from '../page/Failed';

import { ChangeLines } from './ChangeLines';

/** Who changed what, when and why; newest first. */
export function History({ answer }: { answer: JudgementAnswer }) {
  const styles = useStyles2(getStyles);
  const [older, setOlder] = useState<JudgementEdit[]>([]);
  const [refusal, setRefusal] = useState<Refusal>();
  const newest = answer.edits;
  const below = newest.at(-1)?.revision ?? 0;
  const edits = [...newest, ...older.filter(({ revision }) => revision < below)];
  const readOlder = () => {
    setRefusal(undefined);
    ask<JudgementAnswer>(`kpis/${encodeURIComponent(answer.kpi)}/judgement`, {
      query: { before: edits.at(-1)!.revision, limit: 50 },
    }).then((page) => setOlder([...older, ...page.edits]), setRefusal);
  };
  return (
    <section aria-label={t('history.title', 'What was changed here')}>
      <div className={styles.head}>
        <h2 className={styles.title}>{t('history.title', 'What was changed here')}</h2>
        <TextLink href={auditAddress({ kpi: answer.kpi })} variant="bodySmall">
          {t('history.audit', 'Audit trail')}
        </TextLink>
      </div>
      {edits.length === 0 && (
        <p className={styles.none}>{t('history.none', 'Nothing yet: it was always judged as the catalogue says.')}</p>
      )}
      <ol className={styles.list}>
        {edits.map((edit) => (
          <Entry key={edit.revision} edit={edit} unit={answer} />
        ))}
      </ol>
      {refusal && <Failed title={t('history.failed', 'Older changes could not be read')} refusal={refusal} />}
      {edits.length < answer.total && (
        <Button variant="secondary" fill="text" size="sm" onClick={readOlder}>
          {t('history.older', 'Show older ones ({{rest}})', { rest: answer.total - edits.length, interpolation })}
        </Button>
      )}
    </section>
  );
}

function Entry({ edit, unit }: { edit: JudgementEdit; unit: Unit }) {
  const styles = useStyles2(getStyles);
  const words = { user: edit.user, client: edit.client, interpolation };
  return (
    <li className={styles.entry}>
      <div>
        <time dateTime={new Date(edit.time).toISOString()}>{momentText(edit.time)}</time>
        <div className={styles.who} title={t('history.client', 'through {{client}}', words)}>
          {edit.user}
        </div>
      </div>
      <div className={styles.what}>
        <p className={styles.reason}>{edit.reason}</p>
        {edit.action === 'reset' && (
          <p className={styles.who}>{t('history.reset', 'Back to what the catalogue says')}</p>
        )}
        <ChangeLines edit={edit} unit={unit} />
        <p className={styles.who}>
          {t('history.from', 'holds from {{from}}', { from: dayText(edit.from), interpolation })}
        </p>
      </div>
    </li>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  head: css({ display: 'flex', alignItems: 'baseline', justifyContent: 'space-between', gap: theme.spacing(2) }),
  title: css({ margin: theme.spacing(0, 0, 1), fontSize: theme.typography.h4.fontSize }),
  none: css({ color: theme.colors.text.secondary }),
  list: css({ listStyle: 'none' }),
  entry: css({
    display: 'grid',
    gridTemplateColumns: 'minmax(130px, 1fr) 3fr',
    gap: theme.spacing(0.5, 2),
    padding: theme.spacing(1, 0),
    borderTop: `1px solid ${theme.colors.border.weak}`,
    [theme.breakpoints.down('sm')]: { gridTemplateColumns: '1fr' },
  }),
  who: css({ margin: 0, color: theme.colors.text.secondary, overflowWrap: 'anywhere' }),
  what: css({ minWidth: 0 }),
  reason: css({ margin: 0, overflowWrap: 'anywhere', fontWeight: theme.typography.fontWeightMedium }),
});
