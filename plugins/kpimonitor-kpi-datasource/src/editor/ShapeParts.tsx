import { Combobox } from '@grafana/ui';
import type { CatalogueKpi } from '@kpi-monitor/model/query/catalogue-answer';
import { COMPARISON_TEXT, type Comparison, type RequestQuery } from '@kpi-monitor/model/query/query';

import { chosen, wordOptions } from '../catalogue/options';
import { commonDimensions, commonGrains, comparisonsOf, FREE_GRAINS, inSentence, spoken } from '../query/choices';
import { TRAITS } from '../query/traits';

import { AlertParts } from './AlertParts';
import { AnswerParts } from './AnswerParts';
import { CorrelationParts } from './CorrelationParts';
import { ForecastParts } from './ForecastParts';
import { MeasurePart } from './MeasurePart';
import { Part } from './Part';
import { SubjectPart } from './SubjectPart';

interface ShapePartsProps {
  query: RequestQuery;
  /** the KPIs that the query is about; undefined while they are not listed */
  kpis: readonly CatalogueKpi[] | undefined;
  variables: readonly string[];
  onChange(change: Partial<RequestQuery>): void;
}

/** In which steps, split by what, and compared with what. */
export function ShapeParts({ query, kpis = [], variables, onChange }: ShapePartsProps) {
  const traits = TRAITS[query.type];
  const grains = wordOptions([...FREE_GRAINS, ...commonGrains(kpis)], sayGrain, variables);
  const dimensions = wordOptions(['', ...commonDimensions(kpis)], (d) => (d === '' ? 'nothing' : spoken(d)), variables);
  const comparisons = wordOptions(
    comparisonsOf(query.type, kpis, query.grain),
    (comparison) => inSentence(COMPARISON_TEXT[comparison as Comparison]),
    variables
  );
  return (
    <>
      {traits.hasGrain && (
        <Part
          word="by"
          about="step of time"
          tooltip="Automatic is the finest step that fits the panel. Targets and thresholds belong to the period that is judged, and are drawn at that step alone."
        >
          {(labelId) => (
            <Combobox
              aria-labelledby={labelId}
              width={26}
              options={grains}
              value={chosen([query.grain ?? 'auto'], grains, false)[0]}
              onChange={({ value }) => onChange({ grain: value as RequestQuery['grain'] })}
            />
          )}
        </Part>
      )}
      {query.type === 'correlation' && <CorrelationParts query={query} variables={variables} onChange={onChange} />}
      <ForecastParts query={query} onChange={onChange} />
      <AnswerParts query={query} onChange={onChange} />
      <AlertParts query={query} onChange={onChange} />
      <MeasurePart query={query} onChange={onChange} />
      <SubjectPart query={query} onChange={onChange} />
      {traits.hasSplit && (
        <Part
          word="split by"
          about="dimension"
          tooltip="One answer for each member. Only dimensions that all of the KPIs have are offered."
        >
          {(labelId) => (
            <Combobox
              aria-labelledby={labelId}
              width={18}
              options={dimensions}
              value={chosen([query.split ?? ''], dimensions, false)[0]}
              onChange={({ value }) => onChange({ split: value === '' ? undefined : value })}
            />
          )}
        </Part>
      )}
      {comparisons.length > 0 && (
        <Part word="compared with" about="comparison">
          {(labelId) => (
            <Combobox
              aria-labelledby={labelId}
              width={30}
              options={comparisons}
              value={chosen([query.compare ?? 'none'], comparisons, false)[0]}
              onChange={({ value }) => onChange({ compare: value === 'none' ? undefined : (value as Comparison) })}
            />
          )}
        </Part>
      )}
    </>
  );
}

const FREE_TEXT: Record<string, string> = { auto: 'automatic step', judged: 'the period that is judged' };

function sayGrain(grain: string): string {
  return FREE_TEXT[grain] ?? inSentence(spoken(grain));
}
