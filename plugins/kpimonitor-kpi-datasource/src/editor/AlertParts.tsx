import { Combobox } from '@grafana/ui';
import {
  ALERT_GROUP_TEXT,
  ALERT_GROUPS,
  ALERT_SCOPE_TEXT,
  ALERT_SCOPES,
  type AlertGroup,
  type AlertScope,
} from '@kpi-monitor/model/query/alert-frames';
import type { RequestQuery } from '@kpi-monitor/model/query/query';

import { wordOptions } from '../catalogue/options';
import { inSentence } from '../query/choices';

import { Part } from './Part';

interface AlertPartsProps {
  query: RequestQuery;
  onChange(change: Partial<RequestQuery>): void;
}

const SCOPES = wordOptions(ALERT_SCOPES, (scope) => inSentence(ALERT_SCOPE_TEXT[scope as AlertScope]), []);
const GROUPS = wordOptions(
  ['', ...ALERT_GROUPS],
  (group) => (group === '' ? 'one by one' : inAnySentence(ALERT_GROUP_TEXT[group as AlertGroup])),
  []
);

/** Which alerts, and whether they are listed or counted. */
export function AlertParts({ query, onChange }: AlertPartsProps) {
  if (query.type !== 'alerts' || query.format === 'numeric') {
    return null;
  }
  return (
    <>
      <Part
        word="that are"
        about="which alerts"
        tooltip="An alert is a run of settled periods at warning or worse. All are those that touch the time range."
      >
        {(labelId) => (
          <Combobox
            aria-labelledby={labelId}
            width={18}
            options={SCOPES}
            value={query.alerts ?? 'all'}
            onChange={({ value }) => onChange({ alerts: value === 'all' ? undefined : (value as AlertScope) })}
          />
        )}
      </Part>
      {query.format !== 'timeseries' && (
        <Part word="listed by" about="what alerts are counted by" tooltip="One by one, or how many there were by what.">
          {(labelId) => (
            <Combobox
              aria-labelledby={labelId}
              width={18}
              options={GROUPS}
              value={query.by ?? ''}
              onChange={({ value }) => onChange({ by: value === '' ? undefined : (value as AlertGroup) })}
            />
          )}
        </Part>
      )}
    </>
  );
}

/** KPI stays KPI. */
function inAnySentence(words: string): string {
  return words === words.toUpperCase() ? words : inSentence(words);
}
