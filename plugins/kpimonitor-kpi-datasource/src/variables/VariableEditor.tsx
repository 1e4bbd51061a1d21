import type { QueryEditorProps } from '@grafana/data';
import { Combobox, Stack } from '@grafana/ui';
import type { RequestQuery } from '@kpi-monitor/model/query/query';
import { useCallback } from 'react';

import { ListingError } from '../catalogue/ListingError';
import { chosen, wordOptions } from '../catalogue/options';
import { useListing } from '../catalogue/use-listing';
import type { KpiDataSource, KpiOptions } from '../datasource';
import { KpiParts } from '../editor/KpiParts';
import { Part } from '../editor/Part';
import { anyDimensions, selectedKpis, spoken } from '../query/choices';

import { type List, LIST_TEXT, LISTS, newVariable, type VariableQuery } from './variable-query';

type Props = QueryEditorProps<KpiDataSource, RequestQuery, KpiOptions, VariableQuery>;

/** What a variable lists, in one sentence. */
export function VariableEditor({ datasource, query, onChange }: Props) {
  const now: VariableQuery = { ...newVariable(), ...query };
  const catalogue = useListing(useCallback(() => datasource.catalogue(), [datasource]));
  const variables = datasource.variableNames();
  const select = now.select ?? {};
  const dimensions = wordOptions(
    catalogue.value ? anyDimensions(selectedKpis(catalogue.value, select)) : [],
    spoken,
    variables
  );
  return (
    <Stack direction="column" gap={1}>
      <ListingError listing={catalogue} what="KPIs" />
      <Stack direction="row" gap={1} wrap="wrap">
        <Part word="List" about="what">
          {(labelId) => (
            <Combobox
              aria-labelledby={labelId}
              width={28}
              options={wordOptions(LISTS, (list) => LIST_TEXT[list as List], [])}
              value={now.list}
              onChange={({ value }) => onChange({ ...now, list: value as List })}
            />
          )}
        </Part>
        {now.list === 'members' && (
          <Part word="named" about="dimension">
            {(labelId) => (
              <Combobox
                aria-labelledby={labelId}
                width={20}
                placeholder="choose one"
                options={dimensions}
                value={now.dimension === undefined ? null : chosen([now.dimension], dimensions, false)[0]}
                onChange={({ value }) => onChange({ ...now, dimension: value })}
              />
            )}
          </Part>
        )}
        <KpiParts
          select={select}
          catalogue={catalogue}
          variables={variables}
          onChange={(next) => onChange({ ...now, select: next })}
        />
      </Stack>
    </Stack>
  );
}
