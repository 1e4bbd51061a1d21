import { Combobox } from '@grafana/ui';
import {
  ALERT_SUBJECT_TEXT,
  ALERT_SUBJECTS,
  type AlertSubject,
  type RequestQuery,
} from '@kpi-monitor/model/query/query';

import { wordOptions } from '../catalogue/options';
import { inSentence } from '../query/choices';

import { Part } from './Part';

interface SubjectPartProps {
  query: RequestQuery;
  onChange(change: Partial<RequestQuery>): void;
}

const SUBJECTS = wordOptions(ALERT_SUBJECTS, (about) => inSentence(ALERT_SUBJECT_TEXT[about as AlertSubject]), []);

/** What the texts of a rule's messages are about. */
export function SubjectPart({ query, onChange }: SubjectPartProps) {
  if (query.type !== 'alertContext') {
    return null;
  }
  return (
    <Part word="about" about="subject" tooltip="Texts for the annotations of a rule on the same KPIs: its query C.">
      {(labelId) => (
        <Combobox
          aria-labelledby={labelId}
          width={32}
          options={SUBJECTS}
          value={query.about ?? 'status'}
          onChange={({ value }) => onChange({ about: value as AlertSubject })}
        />
      )}
    </Part>
  );
}
