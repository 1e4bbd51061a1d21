import { AutoSizeInput } from '@grafana/ui';
import type { RequestQuery } from '@kpi-monitor/model/query/query';

import { Part } from './Part';

interface ForecastPartsProps {
  query: RequestQuery;
  onChange(change: Partial<RequestQuery>): void;
}

/** How far ahead a forecast is shown. */
export function ForecastParts({ query, onChange }: ForecastPartsProps) {
  if (query.type === 'forecast') {
    return (
      <Part
        word="ahead"
        about="horizon"
        tooltip="How many steps beyond the one that is running; empty for automatic. The further, the less is known."
      >
        {(labelId) => (
          <AutoSizeInput
            aria-labelledby={labelId}
            type="number"
            min={1}
            max={366}
            minWidth={10}
            placeholder="automatic"
            suffix="steps"
            defaultValue={query.horizon ?? ''}
            onCommitChange={({ currentTarget: { value } }) =>
              onChange({ horizon: value === '' ? undefined : Number(value) })
            }
          />
        )}
      </Part>
    );
  }
  return null;
}
