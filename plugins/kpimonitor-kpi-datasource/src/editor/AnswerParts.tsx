import { Combobox } from '@grafana/ui';
import { type Part as AnswerPart, PART_TEXT, PARTS, type RequestQuery } from '@kpi-monitor/model/query/query';

import { wordOptions } from '../catalogue/options';
import { inSentence } from '../query/choices';

import { Part } from './Part';

interface AnswerPartsProps {
  query: RequestQuery;
  onChange(change: Partial<RequestQuery>): void;
}

const ALL = 'all';

/** Which part of the answer is shown, of a question that has several. */
export function AnswerParts({ query, onChange }: AnswerPartsProps) {
  const offered = offeredParts(query);
  if (query.format === 'numeric' || offered.length === 0) {
    return null;
  }
  // Of a distribution the whole is an answer too.
  const parts = wordOptions(
    query.type === 'distribution' ? [ALL, ...offered] : offered,
    (part) => (part === ALL ? 'everything' : inSentence(PART_TEXT[part as AnswerPart])),
    []
  );
  return (
    <Part word="showing" about="part of the answer" tooltip="Most panels show one part at a time.">
      {(labelId) => (
        <Combobox
          aria-labelledby={labelId}
          width={36}
          options={parts}
          value={query.part ?? parts[0]!.value}
          onChange={({ value }) => onChange({ part: value === ALL ? undefined : (value as AnswerPart) })}
        />
      )}
    </Part>
  );
}

/** Scores and grades are lines; what else is told of quality are tables. */
function offeredParts({ type, format }: RequestQuery): readonly AnswerPart[] {
  const parts = PARTS[type] ?? [];
  const isLine = (part: AnswerPart) => part === 'scores' || part === 'grades';
  return type === 'quality' ? parts.filter((part) => isLine(part) === (format === 'timeseries')) : parts;
}
