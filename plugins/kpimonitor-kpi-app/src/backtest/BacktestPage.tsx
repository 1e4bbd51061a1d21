/** An alert rule run over the past: how often it would have fired, for whom, and for how long. */
import { t } from '@grafana/i18n';
import { PluginPage } from '@grafana/runtime';
import { Stack } from '@grafana/ui';
import type { BacktestRun, RulesToTest } from '@kpi-monitor/model/query/backtest-answer';
import type { CatalogueAnswer } from '@kpi-monitor/model/query/catalogue-answer';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';

import { ask } from '../engine/ask';
import { useAnswer } from '../engine/use-answer';
import { Content } from '../page/Content';
import { Failed } from '../page/Failed';

import { RequestForm } from './RequestForm';
import { Result } from './Result';
import { useBacktest } from './use-backtest';

const choices = async () => {
  const [{ rules }, catalogue] = await Promise.all([
    ask<RulesToTest>('alerts/rules'),
    ask<CatalogueAnswer>('catalogue'),
  ]);
  return { rules, catalogue };
};

export function BacktestPage() {
  const answer = useAnswer(choices);
  const { run, refusal, isRunning, start, stop } = useBacktest();
  return (
    <PluginPage
      // Grafana names it already, as an entry of its navigation.
      pageNav={{ text: t('backtest.title', 'Back-test'), hideFromBreadcrumbs: true }}
      subTitle={t('backtest.subtitle', 'How often an alert rule would have fired, before you let it loose')}
    >
      <Content answer={answer} failure={t('backtest.rules-failed', 'The rules could not be listed')}>
        {({ rules, catalogue }) => (
          <Stack direction="column" gap={2} alignItems="stretch">
            <RequestForm {...{ rules, catalogue, isRunning }} onRun={start} onStop={stop} />
            {isRunning && <p role="status">{progressText(run)}</p>}
            {refusal && <Failed title={t('backtest.failed', 'The rule could not be run')} refusal={refusal} />}
            {!isRunning && run?.state === 'stopped' && (
              <p role="status">{t('backtest.stopped', 'It was stopped before it was through.')}</p>
            )}
            {run?.answer && <Result answer={run.answer} />}
          </Stack>
        )}
      </Content>
    </PluginPage>
  );
}

function progressText(run: BacktestRun | undefined): string {
  return run && run.of > 0
    ? t('backtest.progress', 'Running: {{done}} of {{of}} evaluations', { done: run.done, of: run.of, interpolation })
    : t('backtest.running', 'Running …');
}
