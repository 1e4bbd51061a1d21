import { Button, Combobox, MultiCombobox, Stack } from '@grafana/ui';
import type { Selection } from '@kpi-monitor/model/query/query';
import { useCallback } from 'react';

import { ListingError } from '../catalogue/ListingError';
import { chosen, LOADING, wordOptions } from '../catalogue/options';
import { useListing } from '../catalogue/use-listing';
import type { KpiDataSource } from '../datasource';
import { spoken } from '../query/choices';

import { Part } from './Part';

type Where = NonNullable<Selection['where']>;

interface WherePartsProps {
  datasource: KpiDataSource;
  where: Where;
  /** dimensions that a condition can be on */
  dimensions: readonly string[];
  /** ids of the KPIs that the query is about */
  kpis: readonly string[];
  variables: readonly string[];
  onChange(where: Where | undefined): void;
}

/** Conditions on dimensions: only these members count. */
export function WhereParts({ dimensions, where, onChange, ...shared }: WherePartsProps) {
  const used = Object.keys(where);
  const free = dimensions.filter((dimension) => !used.includes(dimension));
  const replace = (from: string | null, to: string | null, members: string[]) => {
    const entries = Object.entries(where).flatMap(([dimension, now]): Array<[string, string[]]> => {
      if (dimension !== from) {
        return [[dimension, now]];
      }
      return to === null ? [] : [[to, members]];
    });
    const next = from === null && to !== null ? [...entries, [to, members] as const] : entries;
    onChange(next.length > 0 ? Object.fromEntries(next) : undefined);
  };
  return (
    <>
      {used.map((dimension) => (
        <Condition
          key={dimension}
          {...shared}
          dimension={dimension}
          dimensions={[dimension, ...free]}
          members={where[dimension] ?? []}
          onDimension={(next) => replace(dimension, next, [])}
          onMembers={(members) => replace(dimension, dimension, members)}
          onRemove={() => replace(dimension, null, [])}
        />
      ))}
      {free.length > 0 && (
        <Button
          variant="secondary"
          fill="text"
          icon="filter"
          onClick={() => replace(null, free[0]!, [])}
          tooltip="Count only some members of a dimension"
        >
          only where…
        </Button>
      )}
    </>
  );
}

interface ConditionProps extends Omit<WherePartsProps, 'where' | 'onChange'> {
  dimension: string;
  members: string[];
  onDimension(dimension: string): void;
  onMembers(members: string[]): void;
  onRemove(): void;
}

function Condition({ datasource, dimension, dimensions, members, kpis, variables, ...on }: ConditionProps) {
  const asked = kpis.join(',');
  const load = useCallback(
    () => datasource.members(dimension, asked === '' ? [] : asked.split(',')),
    [datasource, dimension, asked]
  );
  const listing = useListing(dimension.includes('$') ? null : load);
  const options = wordOptions(listing.value ?? [], (member) => member, variables);
  return (
    <>
      <Part word="only where" about="dimension">
        {(labelId) => (
          <Combobox
            aria-labelledby={labelId}
            width={18}
            options={wordOptions(dimensions, spoken, [])}
            value={{ value: dimension, label: spoken(dimension) }}
            onChange={(option) => on.onDimension(option.value)}
          />
        )}
      </Part>
      <Part word="is" about={spoken(dimension)}>
        {(labelId) => (
          <Stack direction="row" gap={0}>
            <MultiCombobox
              aria-labelledby={labelId}
              width="auto"
              minWidth={18}
              maxWidth={60}
              placeholder={listing.loading ? LOADING : 'anything'}
              options={options}
              value={chosen(members, options, listing.value !== undefined)}
              onChange={(picked) => on.onMembers(picked.map((option) => option.value))}
            />
            <Button
              variant="secondary"
              fill="text"
              icon="times"
              aria-label={`Remove the condition on ${spoken(dimension)}`}
              onClick={on.onRemove}
            />
          </Stack>
        )}
      </Part>
      <ListingError listing={listing} what={`Members of ${spoken(dimension)}`} />
    </>
  );
}
