import type { CoreApp, QueryEditorProps } from '@grafana/data';
import { Button, Combobox, Stack, Text } from '@grafana/ui';
import type { CatalogueKpi } from '@kpi-monitor/model/query/catalogue-answer';
import { QUERY_TYPE_TEXT, QUERY_TYPES, type QueryType, type RequestQuery } from '@kpi-monitor/model/query/query';
import { useCallback, useEffect, useState } from 'react';

import { ListingError } from '../catalogue/ListingError';
import { wordOptions } from '../catalogue/options';
import { useListing } from '../catalogue/use-listing';
import type { KpiDataSource, KpiOptions } from '../datasource';
import { anyDimensions, fitting, inSentence, selectedKpis, spoken } from '../query/choices';
import { TRAITS } from '../query/traits';
import { isRule, lackingInRule, upgrade } from '../query/upgrade';

import { KpiParts } from './KpiParts';
import { MoreParts } from './MoreParts';
import { Part } from './Part';
import { ShapeParts } from './ShapeParts';
import { WhereParts } from './WhereParts';

type Props = QueryEditorProps<KpiDataSource, RequestQuery, KpiOptions>;

/** A question in one sentence: show what, of which KPIs, in which steps, split by what, compared with what. */
export function QueryEditor({ datasource, query: saved, app, onChange, onRunQuery }: Props) {
  const query = upgrade(saved);
  const catalogue = useListing(useCallback(() => datasource.catalogue(), [datasource]));
  const [more, setMore] = useState(
    Boolean(
      query.select.tiers?.length || query.select.judgedAt?.length || query.basis || query.reported || query.asKnownAt
    )
  );
  const variables = datasource.variableNames();
  const kpis = catalogue.value && selectedKpis(catalogue.value, query.select);
  const { where } = query.select;

  const change = (patch: Partial<RequestQuery>) => {
    const next = { ...query, ...patch };
    onChange(catalogue.value ? fitting(next, catalogue.value) : next);
    onRunQuery();
  };

  useEffect(() => {
    const lacking = lackingInRule(saved, app);
    if (lacking) {
      onChange({ ...saved, ...lacking } as RequestQuery);
    }
  }, [saved, app, onChange]);

  return (
    <Stack direction="column" gap={1}>
      <ListingError listing={catalogue} what="KPIs" />
      <Stack direction="row" gap={1} wrap="wrap">
        <Part word="Show" about="kind of answer">
          {(labelId) => (
            <Combobox
              aria-labelledby={labelId}
              width={28}
              options={wordOptions(
                askableTypes(query, app),
                (type) => inSentence(QUERY_TYPE_TEXT[type as QueryType]),
                []
              )}
              value={query.type}
              onChange={({ value }) =>
                change({ type: value as QueryType, format: undefined, measure: undefined, about: undefined })
              }
            />
          )}
        </Part>
        <KpiParts
          select={query.select}
          catalogue={catalogue}
          variables={variables}
          onChange={(select) => change({ select })}
        />
        <ShapeParts query={query} kpis={kpis} variables={variables} onChange={change} />
      </Stack>
      <Stack direction="row" gap={1} wrap="wrap">
        {!TRAITS[query.type].isOfWhole && (
          <WhereParts
            datasource={datasource}
            where={where ?? {}}
            dimensions={anyDimensions(kpis ?? [])}
            kpis={(kpis ?? []).map(({ id }) => id)}
            variables={variables}
            onChange={(next) => change({ select: { ...query.select, where: next } })}
          />
        )}
        {more && <MoreParts query={query} isInRule={isRule(app)} onChange={change} />}
        <Button variant="secondary" fill="text" aria-expanded={more} onClick={() => setMore(!more)}>
          {more ? 'fewer choices' : 'more choices'}
        </Button>
      </Stack>
      {kpis?.length === 1 && query.select.kpis?.length === 1 && <Meaning kpi={kpis[0]!} />}
    </Stack>
  );
}

/** A rule needs one number a KPI: kinds of answers that have none are not offered there, but for the one that is chosen. */
function askableTypes({ type }: RequestQuery, app: CoreApp | undefined): QueryType[] {
  const isAskable = (one: QueryType) =>
    isRule(app) ? TRAITS[one].inRules === 'numeric' || one === 'series' : one !== 'alertContext';
  return QUERY_TYPES.filter((one) => one === type || isAskable(one));
}

/** What a lone KPI is, so that nobody has to look it up. */
function Meaning({ kpi }: { kpi: CatalogueKpi }) {
  const judged = kpi.grain === kpi.judgedAt ? '' : `, judged by the ${inSentence(spoken(kpi.judgedAt))}`;
  return (
    <Text variant="bodySmall" color="secondary">
      {kpi.name}: {kpi.definition && `${kpi.definition}. `}One value a {inSentence(spoken(kpi.grain))}
      {judged}.
    </Text>
  );
}
