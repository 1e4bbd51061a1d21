import { Combobox } from '@grafana/ui';
import {
  DISTRIBUTION_PART_TEXT,
  DISTRIBUTION_PARTS,
  type DistributionPart,
} from '@kpi-monitor/model/query/analysis-frames';
import type { RequestQuery } from '@kpi-monitor/model/query/query';

import { wordOptions } from '../catalogue/options';
import { inSentence } from '../query/choices';

import { Part } from './Part';

interface DistributionPartsProps {
  query: RequestQuery;
  onChange(change: Partial<RequestQuery>): void;
}

const ALL = 'all';

/** Which of a distribution's tables is shown. */
export function DistributionParts({ query, onChange }: DistributionPartsProps) {
  const parts = wordOptions(
    [ALL, ...DISTRIBUTION_PARTS],
    (part) => (part === ALL ? 'everything' : inSentence(DISTRIBUTION_PART_TEXT[part as DistributionPart])),
    []
  );
  return (
    <Part word="showing" about="part of the answer" tooltip="Most panels show one table at a time.">
      {(labelId) => (
        <Combobox
          aria-labelledby={labelId}
          width={32}
          options={parts}
          value={query.part ?? ALL}
          onChange={({ value }) => onChange({ part: value === ALL ? undefined : (value as DistributionPart) })}
        />
      )}
    </Part>
  );
}
