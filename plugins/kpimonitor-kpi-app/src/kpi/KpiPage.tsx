/** What one KPI is judged by, how that is changed, and how it was. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { PluginPage } from '@grafana/runtime';
import { EmptyState, LinkButton, useStyles2 } from '@grafana/ui';
import type { JudgementAnswer } from '@kpi-monitor/model/query/judgement-answer';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';
import { useCallback } from 'react';
import { useParams } from 'react-router';

import { dashboardAddress, kpisAddress } from '../addresses';
import { ask } from '../engine/ask';
import { type Answer, useAnswer } from '../engine/use-answer';
import { EditForm } from '../form/EditForm';
import { Reset } from '../form/Reset';
import { useEdit } from '../form/use-edit';
import { Handling } from '../handling/Handling';
import { History } from '../history/History';
import { grainText } from '../judgement/grain-text';
import { InForce } from '../judgement/InForce';
import { Content } from '../page/Content';
import { PreviewSection } from '../preview/PreviewSection';
import { usePreview } from '../preview/use-preview';

export function KpiPage() {
  const { id = '' } = useParams();
  // Another KPI is another page: nothing of what was written for one is shown at another.
  return <PageOf key={id} kpi={id} />;
}

function PageOf({ kpi }: { kpi: string }) {
  const question = useCallback(() => ask<JudgementAnswer>(`kpis/${encodeURIComponent(kpi)}/judgement`), [kpi]);
  const answer = useAnswer(question);
  const { value, refusal, put } = answer;
  const isUnknown = refusal?.code === 'KPI_UNKNOWN' || refusal?.code === 'KPI_NOT_FOUND';
  return (
    <PluginPage
      pageNav={{ text: value?.name ?? kpi, parentItem: { text: t('kpis.title', 'KPIs'), url: kpisAddress() } }}
      subTitle={value && subTitle(value)}
      actions={
        value && (
          <>
            {value.you.mayReset && value.isOverridden && <Reset answer={value} put={put} />}
            <LinkButton variant="secondary" icon="dashboard" href={dashboardAddress(kpi)}>
              {t('kpi.dashboard', 'Dashboard')}
            </LinkButton>
          </>
        )
      }
    >
      {isUnknown ? (
        <EmptyState
          variant="not-found"
          message={t('kpi.unknown', 'There is no KPI {{kpi}}', { kpi, interpolation })}
          button={<LinkButton href={kpisAddress()}>{t('kpi.all', 'See all KPIs')}</LinkButton>}
        >
          {refusal.message}
        </EmptyState>
      ) : (
        <Content
          answer={answer}
          failure={t('kpi.failed', 'What {{kpi}} is judged by could not be read', { kpi, interpolation })}
        >
          {(judgement) => <Judgement answer={judgement} put={put} />}
        </Content>
      )}
    </PluginPage>
  );
}

function Judgement({ answer, put }: { answer: JudgementAnswer; put: Answer<JudgementAnswer>['put'] }) {
  const styles = useStyles2(getStyles);
  const edit = useEdit(answer, put);
  const preview = usePreview(answer.kpi, edit.change, answer.revision);
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        <Handling kpi={answer.kpi} />
        <InForce answer={answer} />
        <EditForm answer={answer} edit={edit} />
      </div>
      <div className={styles.column}>
        <PreviewSection preview={preview} name={answer.name} unit={answer} isStopped={edit.change === null} />
        <History answer={answer} />
      </div>
    </div>
  );
}

function subTitle({ grain, owner }: JudgementAnswer): string {
  return [
    t('kpi.judged', 'Judged by the {{grain}}', { grain: grainText(grain), interpolation }),
    owner && t('kpi.owner', 'owner {{owner}}', { owner, interpolation }),
  ]
    .filter(Boolean)
    .join(' · ');
}

const getStyles = (theme: GrafanaTheme2) => ({
  columns: css({
    display: 'grid',
    gridTemplateColumns: 'minmax(320px, 420px) minmax(0, 1fr)',
    gap: theme.spacing(4),
    maxWidth: 2400,
    [theme.breakpoints.down('lg')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  }),
  column: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(4), minWidth: 0 }),
});
