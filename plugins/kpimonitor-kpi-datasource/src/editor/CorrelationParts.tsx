import { AutoSizeInput, Combobox } from '@grafana/ui';
import { COMPARED, COMPARED_TEXT, type Compared } from '@kpi-monitor/model/query/correlation-frames';
import type { RequestQuery } from '@kpi-monitor/model/query/query';

import { chosen, wordOptions } from '../catalogue/options';
import { inSentence } from '../query/choices';

import { Part } from './Part';

interface CorrelationPartsProps {
  query: RequestQuery;
  variables: readonly string[];
  onChange(change: Partial<RequestQuery>): void;
}

/** What is compared, and how much later one may follow the other. */
export function CorrelationParts({ query, variables, onChange }: CorrelationPartsProps) {
  const compared = wordOptions(COMPARED, (on) => inSentence(COMPARED_TEXT[on as Compared]), variables);
  return (
    <>
      <Part
        word="comparing"
        about="what is compared"
        tooltip="Two trends, or two seasons, always correlate: without them a relation says more."
      >
        {(labelId) => (
          <Combobox
            aria-labelledby={labelId}
            width={36}
            options={compared}
            value={chosen([query.on ?? 'adjusted'], compared, false)[0]}
            onChange={({ value }) => onChange({ on: value as Compared })}
          />
        )}
      </Part>
      <Part
        word="up to"
        about="greatest lag"
        tooltip="How many steps one may move before the other; empty for automatic."
      >
        {(labelId) => (
          <AutoSizeInput
            aria-labelledby={labelId}
            type="number"
            min={0}
            max={366}
            minWidth={10}
            placeholder="automatic"
            suffix="steps apart"
            defaultValue={query.maxLag ?? ''}
            onCommitChange={({ currentTarget: { value } }) =>
              onChange({ maxLag: value === '' ? undefined : Number(value) })
            }
          />
        )}
      </Part>
    </>
  );
}
