import { Combobox, Input, MultiCombobox } from '@grafana/ui';
import { type Format, type RequestQuery, type Tier, TIERS } from '@kpi-monitor/model/query/query';
import { type Grain, GRAINS } from '@kpi-monitor/model/time/grain';

import { wordOptions } from '../catalogue/options';
import { spoken } from '../query/choices';
import { TRAITS } from '../query/traits';

import { Part } from './Part';

const FORMAT_TEXT: Record<Format | 'auto', string> = {
  auto: 'automatic',
  timeseries: 'time series',
  table: 'table',
  numeric: 'one number a KPI (for alert rules)',
};

const BASIS_TEXT = {
  settled: 'the last settled period',
  current: 'the newest period, however provisional',
};

const REPORTED_TEXT = {
  now: 'as they are now',
  first: 'beside what was first reported',
};

/** What a query without the choice gets. */
const USUAL_BASIS = { status: 'settled', series: 'current' } as const;

interface MorePartsProps {
  query: RequestQuery;
  /** a rule is evaluated with one number a KPI: there is no choice of format then */
  isInRule?: boolean;
  onChange(change: Partial<RequestQuery>): void;
}

/** Choices that are right by themselves most of the time. */
export function MoreParts({ query, isInRule = false, onChange }: MorePartsProps) {
  const tiers = wordOptions(TIERS, spoken, []);
  const usualBasis = query.type === 'status' || query.type === 'series' ? USUAL_BASIS[query.type] : undefined;
  const offered = TRAITS[query.type].formats;
  const text = {
    ...FORMAT_TEXT,
    ...(query.type === 'distribution' && { numeric: 'one number a bin (for a bar gauge)' }),
  };
  const formats = wordOptions(['auto', ...offered], (format) => text[format as Format], []);
  return (
    <>
      <Part word="of tier" about="tier" tooltip="Headline KPIs are those that an overview shows first.">
        {(labelId) => (
          <MultiCombobox
            aria-labelledby={labelId}
            width="auto"
            minWidth={18}
            maxWidth={50}
            placeholder="any"
            options={tiers}
            value={query.select.tiers ?? []}
            onChange={(picked) =>
              onChange({
                select: {
                  ...query.select,
                  tiers: picked.length > 0 ? picked.map(({ value }) => value as Tier) : undefined,
                },
              })
            }
          />
        )}
      </Part>
      <Part word="judged at" about="judged periods" tooltip="Only KPIs that are judged by these periods.">
        {(labelId) => (
          <MultiCombobox
            aria-labelledby={labelId}
            width="auto"
            minWidth={18}
            maxWidth={60}
            placeholder="any period"
            options={wordOptions(GRAINS, spoken, [])}
            value={query.select.judgedAt ?? []}
            onChange={(picked) =>
              onChange({
                select: {
                  ...query.select,
                  judgedAt: picked.length > 0 ? picked.map(({ value }) => value as Grain) : undefined,
                },
              })
            }
          />
        )}
      </Part>
      {usualBasis && (
        <Part
          word={query.type === 'status' ? 'taking' : 'until'}
          about="period"
          tooltip="A settled period does not change any more; the newest one may still lack values."
        >
          {(labelId) => (
            <Combobox
              aria-labelledby={labelId}
              width={36}
              options={Object.entries(BASIS_TEXT).map(([value, label]) => ({ value, label }))}
              value={query.basis ?? usualBasis}
              onChange={({ value }) => onChange({ basis: value as RequestQuery['basis'] })}
            />
          )}
        </Part>
      )}
      {query.type === 'series' && query.format !== 'numeric' && (
        <Part
          word="restated values"
          about="restated values"
          tooltip="Of periods that were changed after they had settled, what was told of them before can be shown, too."
        >
          {(labelId) => (
            <Combobox
              aria-labelledby={labelId}
              width={32}
              options={Object.entries(REPORTED_TEXT).map(([value, label]) => ({ value, label }))}
              value={query.reported ? 'first' : 'now'}
              onChange={({ value }) => onChange({ reported: value === 'first' ? true : undefined })}
            />
          )}
        </Part>
      )}
      {!isInRule && (
        <Part
          word="as known on"
          about="as known on"
          tooltip="What was restated since is turned back. A date such as 2026-03-01, now-30d, or a variable; empty is today."
        >
          {(labelId) => (
            <Input
              key={query.asKnownAt}
              aria-labelledby={labelId}
              width={18}
              placeholder="today"
              defaultValue={query.asKnownAt}
              onBlur={({ currentTarget: { value } }) => {
                const asKnownAt = value.trim() || undefined;
                if (asKnownAt !== query.asKnownAt) {
                  onChange({ asKnownAt });
                }
              }}
            />
          )}
        </Part>
      )}
      {offered.length > 0 && !(isInRule && TRAITS[query.type].inRules) && (
        <Part
          word="as"
          about="format"
          tooltip="Automatic suits the kind of question; alert rules need one number a KPI."
        >
          {(labelId) => (
            <Combobox
              aria-labelledby={labelId}
              width={36}
              options={formats}
              value={query.format ?? 'auto'}
              onChange={({ value }) => onChange({ format: value === 'auto' ? undefined : (value as Format) })}
            />
          )}
        </Part>
      )}
    </>
  );
}
