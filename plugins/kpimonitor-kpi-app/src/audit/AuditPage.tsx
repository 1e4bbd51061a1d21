/** Who did what, in the order in which it was recorded, and whether the record is whole. */
import { t } from '@grafana/i18n';
import { PluginPage } from '@grafana/runtime';
import { Alert, Button, Combobox, EmptyState, Field, Icon, Input, Stack } from '@grafana/ui';
import type { AuditAnswer, AuditEntry } from '@kpi-monitor/model/query/judgement-answer';
import type { CatalogueAnswer } from '@kpi-monitor/model/query/catalogue-answer';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';
import { useCallback, useEffect, useId, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';

import { auditAddress } from '../addresses';
import { ask } from '../engine/ask';
import type { Refusal } from '../engine/refusal';
import { useAnswer } from '../engine/use-answer';
import { Content } from '../page/Content';
import { Failed } from '../page/Failed';

import { AuditTable } from './AuditTable';

const LIMIT = 50;
/** A pause in writing, after which it is looked for. */
const PAUSE = 350;

const catalogueOf = () => ask<CatalogueAnswer>('catalogue');

interface Filter {
  kpi: string;
  user: string;
}

export function AuditPage() {
  const search = new URLSearchParams(useLocation().search);
  const navigate = useNavigate();
  const filter = { kpi: search.get('kpi') ?? '', user: search.get('user') ?? '' };
  const catalogue = useAnswer(catalogueOf).value;
  const narrow = (more: Partial<Filter>) => navigate(auditAddress({ ...filter, ...more }), { replace: true });
  return (
    <PluginPage
      // Grafana names it already, as an entry of its navigation.
      pageNav={{ text: t('audit.title', 'Audit trail'), hideFromBreadcrumbs: true }}
      subTitle={t('audit.subtitle', 'Who changed what, when and why')}
    >
      <Stack direction="column" gap={2}>
        <Filters catalogue={catalogue} filter={filter} onChange={narrow} />
        <Trail key={JSON.stringify(filter)} filter={filter} catalogue={catalogue} />
      </Stack>
    </PluginPage>
  );
}

function Filters({
  catalogue,
  filter,
  onChange,
}: {
  catalogue: CatalogueAnswer | undefined;
  filter: Filter;
  onChange: (more: Partial<Filter>) => void;
}) {
  const id = useId();
  const [user, setUser] = useState(filter.user);
  useEffect(() => {
    const timer = setTimeout(() => user.trim() !== filter.user && onChange({ user: user.trim() }), PAUSE);
    return () => clearTimeout(timer);
  });
  const options = (catalogue?.kpis ?? []).map((kpi) => ({ value: kpi.id, label: kpi.name }));
  const isListed = options.some(({ value }) => value === filter.kpi);
  return (
    <Stack direction="row" gap={2} wrap="wrap">
      <Field label={t('audit.kpi', 'KPI')} noMargin>
        <Combobox
          id={`${id}kpi`}
          options={isListed || !filter.kpi ? options : [{ value: filter.kpi, label: filter.kpi }, ...options]}
          value={filter.kpi || null}
          onChange={(option) => onChange({ kpi: option?.value ?? '' })}
          placeholder={t('audit.all-kpis', 'All')}
          isClearable
          width={30}
        />
      </Field>
      <Field label={t('audit.user', 'User')} noMargin>
        <Input
          id={`${id}user`}
          value={user}
          placeholder={t('audit.all-users', 'All')}
          width={24}
          onChange={(event) => setUser(event.currentTarget.value)}
        />
      </Field>
    </Stack>
  );
}

function Trail({ filter, catalogue }: { filter: Filter; catalogue: CatalogueAnswer | undefined }) {
  const { kpi, user } = filter;
  const page = useCallback(
    (before?: string) =>
      ask<AuditAnswer>('audit', { query: { kpi: kpi || undefined, user: user || undefined, limit: LIMIT, before } }),
    [kpi, user]
  );
  const first = useCallback(() => page(), [page]);
  const answer = useAnswer(first);
  const [older, setOlder] = useState<AuditEntry[]>([]);
  const [refusal, setRefusal] = useState<Refusal>();
  const readOlder = (before: string) => {
    setRefusal(undefined);
    page(before).then(({ entries }) => setOlder([...older, ...entries]), setRefusal);
  };
  return (
    <Content answer={answer} failure={t('audit.failed', 'The audit trail could not be read')}>
      {({ entries: newest, total, intact }) => {
        const entries = [...newest, ...older];
        const rest = total - entries.length;
        return (
          <Stack direction="column" gap={2} alignItems="stretch">
            <Intactness isIntact={intact} />
            {entries.length === 0 ? (
              <EmptyState
                variant="not-found"
                message={
                  kpi || user
                    ? t('audit.no-match', 'Nothing was recorded that fits')
                    : t('audit.none', 'Nothing was changed yet')
                }
              />
            ) : (
              <AuditTable entries={entries} catalogue={catalogue} />
            )}
            {refusal && <Failed title={t('audit.older-failed', 'Older records could not be read')} refusal={refusal} />}
            {rest > 0 && entries.length > 0 && (
              <div>
                <Button variant="secondary" onClick={() => readOlder(entries.at(-1)!.hash)}>
                  {t('audit.older', 'Show older ones ({{rest}})', { rest, interpolation })}
                </Button>
              </div>
            )}
          </Stack>
        );
      }}
    </Content>
  );
}

function Intactness({ isIntact }: { isIntact: boolean }) {
  if (!isIntact) {
    return (
      <Alert severity="error" title={t('audit.broken', 'The trail is not whole')} topSpacing={0} bottomSpacing={0}>
        {t(
          'audit.broken-text',
          'At least one record was changed, removed or put elsewhere after it was written. Compare with a backup of the store.'
        )}
      </Alert>
    );
  }
  return (
    <span role="status">
      <Icon name="check-circle" />{' '}
      {t(
        'audit.intact',
        'The trail is whole: each record carries the fingerprint of the one before it, and all agree.'
      )}
    </span>
  );
}
