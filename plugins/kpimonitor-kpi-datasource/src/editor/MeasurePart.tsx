import { Combobox } from '@grafana/ui';
import { type Measure, MEASURE_TEXT, MEASURES, type RequestQuery } from '@kpi-monitor/model/query/query';

import { wordOptions } from '../catalogue/options';
import { inSentence } from '../query/choices';

import { Part } from './Part';

interface MeasurePartProps {
  query: RequestQuery;
  onChange(change: Partial<RequestQuery>): void;
}

/** Which number an alert rule gets, of a question that has several. */
export function MeasurePart({ query, onChange }: MeasurePartProps) {
  const measures = MEASURES[query.type] ?? [];
  if (query.format !== 'numeric' || measures.length < 2) {
    return null;
  }
  return (
    <Part word="measured by" about="measure" tooltip="The number that an alert rule's condition is about.">
      {(labelId) => (
        <Combobox
          aria-labelledby={labelId}
          width={40}
          options={wordOptions(measures, (measure) => inSentence(MEASURE_TEXT[measure as Measure]), [])}
          value={query.measure ?? measures[0]!}
          onChange={({ value }) => onChange({ measure: value as Measure })}
        />
      )}
    </Part>
  );
}
