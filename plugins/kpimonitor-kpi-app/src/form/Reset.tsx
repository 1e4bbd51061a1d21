import { t } from '@grafana/i18n';
import { Button, Field, Modal, Stack, TextArea } from '@grafana/ui';
import type { JudgementAnswer } from '@kpi-monitor/model/query/judgement-answer';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';
import { useId, useState } from 'react';

import { ask } from '../engine/ask';
import type { Refusal } from '../engine/refusal';
import { Failed } from '../page/Failed';

interface Props {
  answer: JudgementAnswer;
  put: (answer: JudgementAnswer) => void;
}

/** Back to what the catalogue says, for Admins. */
export function Reset({ answer, put }: Props) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [refusal, setRefusal] = useState<Refusal>();
  const [isAsking, setAsking] = useState(false);
  const close = () => {
    setOpen(false);
    setReason('');
    setRefusal(undefined);
  };
  const reset = () => {
    setAsking(true);
    setRefusal(undefined);
    ask<JudgementAnswer>(`kpis/${encodeURIComponent(answer.kpi)}/judgement`, {
      method: 'DELETE',
      upon: answer.revision,
      body: { reason: reason.trim() },
    })
      .then((fresh) => {
        put(fresh);
        close();
      }, setRefusal)
      .finally(() => setAsking(false));
  };
  return (
    <>
      <Button variant="secondary" icon="history" onClick={() => setOpen(true)}>
        {t('reset.open', 'Back to the catalogue')}
      </Button>
      <Modal
        isOpen={isOpen}
        onDismiss={close}
        title={t('reset.title', 'Judge {{name}} as the catalogue says', { name: answer.name, interpolation })}
      >
        <Stack direction="column" gap={2}>
          <span>
            {t(
              'reset.text',
              'From the period on whose status is shown now, what was changed here no longer holds. Earlier periods stay as they were judged, and the changes stay in the trail.'
            )}
          </span>
          <Field label={t('form.reason', 'Reason')} required noMargin>
            <TextArea
              id={`${id}reason`}
              rows={2}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          </Field>
          {refusal && <Failed title={t('reset.failed', 'It was not put back')} refusal={refusal} />}
        </Stack>
        <Modal.ButtonRow>
          <Button variant="secondary" fill="outline" onClick={close}>
            {t('reset.cancel', 'Cancel')}
          </Button>
          <Button variant="destructive" disabled={reason.trim().length < 3 || isAsking} onClick={reset}>
            {t('reset.do', 'Put it back')}
          </Button>
        </Modal.ButtonRow>
      </Modal>
    </>
  );
}
