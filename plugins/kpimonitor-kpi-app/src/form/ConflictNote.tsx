import { t } from '@grafana/i18n';
import { Alert } from '@grafana/ui';
import type { EditConflict } from '@kpi-monitor/model/query/judgement-answer';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';

import { ChangeLines } from '../history/ChangeLines';
import { dayText, momentText } from '../judgement/day-text';
import type { Unit } from '../judgement/value-text';

interface Props {
  conflict: EditConflict;
  unit: Unit;
  /** whether something is left of what was written, now that theirs holds */
  isChanged: boolean;
}

/** Who changed what while this was being written, and what becomes of it. */
export function ConflictNote({ conflict: { edit }, unit, isChanged }: Props) {
  return (
    <Alert
      severity="warning"
      title={t('conflict.title', '{{user}} changed this while you were writing', { user: edit.user, interpolation })}
      topSpacing={0}
      bottomSpacing={0}
    >
      <ChangeLines edit={edit} unit={unit} />
      <p>
        {t('conflict.when', 'Recorded {{moment}}, holds from {{from}}: “{{reason}}”', {
          moment: momentText(edit.time),
          from: dayText(edit.from),
          reason: edit.reason,
          interpolation,
        })}
      </p>
      {isChanged
        ? t(
            'conflict.kept',
            'Nothing of yours was saved, and nothing is lost: what you wrote is still below, upon theirs.'
          )
        : t('conflict.same', 'What you wrote is what holds now.')}
    </Alert>
  );
}
