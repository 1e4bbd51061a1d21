import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Stack, TextArea, useStyles2 } from '@grafana/ui';
import type { NotesAnswer, OpenAlert } from '@kpi-monitor/model/query/handling-answer';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';
import { useCallback, useState } from 'react';

import { ask, type Question } from '../engine/ask';
import type { Refusal } from '../engine/refusal';
import { useAnswer } from '../engine/use-answer';
import { momentText } from '../judgement/day-text';
import { Content } from '../page/Content';
import { Failed } from '../page/Failed';

import { Remarks } from './Remarks';

/** What is wrong with a KPI now, who has taken it on, and what people wrote about it. */
export function Handling({ kpi }: { kpi: string }) {
  const styles = useStyles2(getStyles);
  const path = `kpis/${encodeURIComponent(kpi)}`;
  const answer = useAnswer(useCallback(() => ask<NotesAnswer>(`${path}/notes`), [path]));
  return (
    <section aria-label={t('handling.title', 'What is wrong, and what is done about it')}>
      <h2 className={styles.title}>{t('handling.title', 'What is wrong, and what is done about it')}</h2>
      <Content answer={answer} failure={t('handling.failed', 'Alerts and notes could not be read')}>
        {(notes) => <Written notes={notes} path={path} put={answer.put} />}
      </Content>
    </section>
  );
}

interface WrittenProps {
  notes: NotesAnswer;
  path: string;
  put(notes: NotesAnswer): void;
}

function Written({ notes, path, put }: WrittenProps) {
  const styles = useStyles2(getStyles);
  const [text, setText] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const { alert, you, remarks } = notes;
  const send = async (below: string, question: Question, onDone = () => {}) => {
    setBusy(true);
    setRefusal(undefined);
    try {
      put(await ask<NotesAnswer>(`${path}/${below}`, question));
      onDone();
    } catch (thrown) {
      setRefusal(thrown as Refusal);
    } finally {
      setBusy(false);
    }
  };
  const written = text.trim();
  const clear = () => setText('');
  const acknowledge = () =>
    void send(
      'acknowledge',
      { method: 'POST', body: { since: alert!.since, ...(written && { note: written }) } },
      clear
    );
  const note = () => void send('notes', { method: 'POST', body: { text: written } }, clear);
  return (
    <Stack direction="column" gap={1}>
      <p className={styles.line}>
        {alert ? alertText(alert) : t('handling.calm', 'Nothing is wrong: no alert is open.')}
      </p>
      {alert && <p className={styles.quiet}>{waitText(alert)}</p>}
      {you.mayWrite && (
        <>
          <TextArea
            aria-label={t('handling.note', 'Note')}
            placeholder={t('handling.placeholder', 'What is known, what is being done')}
            rows={2}
            maxLength={2000}
            value={text}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
          />
          <Stack direction="row" gap={1}>
            {alert && !alert.acknowledged && (
              <Button size="sm" disabled={isBusy} onClick={acknowledge}>
                {t('handling.acknowledge', 'Acknowledge')}
              </Button>
            )}
            <Button size="sm" variant="secondary" disabled={isBusy || written === ''} onClick={note}>
              {t('handling.write', 'Write note')}
            </Button>
          </Stack>
        </>
      )}
      {refusal && <Failed title={t('handling.refused', 'It was not saved')} refusal={refusal} />}
      <Remarks
        remarks={remarks}
        isBusy={isBusy}
        onWithdraw={(revision) => void send(`notes/${revision}`, { method: 'DELETE' })}
      />
    </Stack>
  );
}

function alertText({ levelText, sinceText, valueText, targetText }: OpenAlert): string {
  const words = { level: levelText, since: sinceText, value: valueText, target: targetText, interpolation };
  return targetText
    ? t('handling.alert-target', '{{level}} since {{since}}: {{value}}, target {{target}}', words)
    : t('handling.alert', '{{level}} since {{since}}: {{value}}', words);
}

function waitText({ acknowledged, waitedHours, allowedHours }: OpenAlert): string {
  if (acknowledged) {
    return t('handling.acknowledged', 'Acknowledged by {{by}}, {{at}}', {
      by: acknowledged.by,
      at: momentText(acknowledged.at),
      interpolation,
    });
  }
  return allowedHours === null
    ? t('handling.quiet', 'Nobody has acknowledged it. A warning is not escalated.')
    : t('handling.waiting', 'Nobody has acknowledged it: {{hours}} of {{allowed}} working hours are over', {
        hours: Math.floor(waitedHours),
        allowed: Math.round(allowedHours),
        interpolation,
      });
}

const getStyles = (theme: GrafanaTheme2) => ({
  title: css({ margin: theme.spacing(0, 0, 1), fontSize: theme.typography.h4.fontSize }),
  line: css({ margin: 0, fontWeight: theme.typography.fontWeightMedium }),
  quiet: css({ margin: 0, color: theme.colors.text.secondary }),
});
