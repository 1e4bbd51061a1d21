import { AutoSizeInput, Combobox } from '@grafana/ui';
import { RISK_MEASURE_TEXT, RISK_MEASURES, type RequestQuery, type RiskMeasure } from '@kpi-monitor/model/query/query';

import { wordOptions } from '../catalogue/options';
import { inSentence } from '../query/choices';

import { Part } from './Part';

interface ForecastPartsProps {
  query: RequestQuery;
  onChange(change: Partial<RequestQuery>): void;
}

/** How far ahead a forecast is shown, or which number of a risk an alert rule gets. */
export function ForecastParts({ query, onChange }: ForecastPartsProps) {
  const measures = wordOptions(RISK_MEASURES, (measure) => inSentence(RISK_MEASURE_TEXT[measure as RiskMeasure]), []);
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
  if (query.type === 'forecastRisk' && query.format === 'numeric') {
    return (
      <Part word="measured by" about="measure" tooltip="The number that an alert rule's condition is about.">
        {(labelId) => (
          <Combobox
            aria-labelledby={labelId}
            width={40}
            options={measures}
            value={query.measure ?? 'missProbability'}
            onChange={({ value }) => onChange({ measure: value as RiskMeasure })}
          />
        )}
      </Part>
    );
  }
  return null;
}
