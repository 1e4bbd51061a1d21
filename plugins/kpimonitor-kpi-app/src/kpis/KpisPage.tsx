/** All KPIs with what they are judged by; each leads to its own page. */
import { t } from '@grafana/i18n';
import { PluginPage } from '@grafana/runtime';
import { EmptyState, FilterInput, InlineSwitch, Stack } from '@grafana/ui';
import type { CatalogueAnswer } from '@kpi-monitor/model/query/catalogue-answer';
import type { JudgementList } from '@kpi-monitor/model/query/judgement-answer';
import { useState } from 'react';

import { ask } from '../engine/ask';
import { useAnswer } from '../engine/use-answer';
import { Content } from '../page/Content';

import { KpiTable } from './KpiTable';
import { listedKpis } from './listed';

interface Everything {
  catalogue: CatalogueAnswer;
  judgements: JudgementList;
}

const everything = async (): Promise<Everything> => {
  const [catalogue, judgements] = await Promise.all([
    ask<CatalogueAnswer>('catalogue'),
    ask<JudgementList>('judgements'),
  ]);
  return { catalogue, judgements };
};

export function KpisPage() {
  const answer = useAnswer(everything);
  return (
    <PluginPage
      pageNav={{ text: t('kpis.title', 'KPIs') }}
      subTitle={t('kpis.subtitle', 'What each KPI is to reach, and from where on it needs attention')}
    >
      <Content answer={answer} failure={t('kpis.failed', 'The KPIs could not be listed')}>
        {(value) => <Narrowed {...value} />}
      </Content>
    </PluginPage>
  );
}

function Narrowed({ catalogue, judgements }: Everything) {
  const [search, setSearch] = useState('');
  const [changedOnly, setChangedOnly] = useState(false);
  const categories = listedKpis(catalogue, judgements, { search, changedOnly });
  if (catalogue.kpis.length === 0) {
    return (
      <EmptyState variant="call-to-action" message={t('kpis.none', 'The catalogue has no KPIs yet')}>
        {t('kpis.none-remedy', 'Add one as a file, as the guide “Add a KPI” says.')}
      </EmptyState>
    );
  }
  return (
    <Stack direction="column" gap={2}>
      <Stack direction="row" gap={1} wrap="wrap" alignItems="center">
        <Stack grow={1} minWidth={28}>
          <FilterInput
            placeholder={t('kpis.search', 'Search by name, category or owner')}
            value={search}
            onChange={setSearch}
            escapeRegex={false}
          />
        </Stack>
        <InlineSwitch
          label={t('kpis.changed-only', 'Changed here only')}
          showLabel
          value={changedOnly}
          onChange={() => setChangedOnly(!changedOnly)}
        />
      </Stack>
      {categories.map((category) => (
        <KpiTable key={category.id} category={category} />
      ))}
      {categories.length === 0 && (
        <EmptyState variant="not-found" message={t('kpis.no-match', 'No KPI fits')}>
          {changedOnly && !search
            ? t('kpis.none-changed', 'All KPIs are judged as the catalogue says.')
            : t('kpis.no-match-remedy', 'Search for other words, or fewer.')}
        </EmptyState>
      )}
    </Stack>
  );
}
