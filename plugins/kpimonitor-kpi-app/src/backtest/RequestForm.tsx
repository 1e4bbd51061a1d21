import { t } from '@grafana/i18n';
import { Button, Combobox, Field, MultiCombobox, RadioButtonGroup, Stack, TextArea } from '@grafana/ui';
import type { BacktestRequest, RulesToTest } from '@kpi-monitor/model/query/backtest-answer';
import type { CatalogueAnswer } from '@kpi-monitor/model/query/catalogue-answer';
import { type FormEvent, useId, useState } from 'react';

interface Props {
  rules: RulesToTest['rules'];
  catalogue: CatalogueAnswer;
  isRunning: boolean;
  onRun: (request: BacktestRequest) => void;
  onStop: () => void;
}

/** Which rule, over which past, for which KPIs. */
export function RequestForm({ rules, catalogue, isRunning, onRun, onStop }: Props) {
  const id = useId();
  const [isPasted, paste] = useState(rules.length === 0);
  const [uid, setUid] = useState((rules.find(({ severity }) => severity === 'critical') ?? rules[0])?.uid ?? '');
  const [text, setText] = useState('');
  const [from, setFrom] = useState('now-1y');
  const [kpis, setKpis] = useState<string[]>([]);
  const run = (event: FormEvent) => {
    event.preventDefault();
    onRun({ ...(isPasted ? { rule: text } : { uid }), from, to: 'now', ...(kpis.length > 0 && { kpis }) });
  };
  return (
    <form onSubmit={run}>
      <Stack direction="column" gap={2}>
        <div>
          <RadioButtonGroup
            aria-label={t('backtest.which', 'Which rule')}
            options={[
              { value: false, label: t('backtest.provisioned', 'A provisioned rule') },
              { value: true, label: t('backtest.pasted', 'A pasted rule') },
            ]}
            value={isPasted}
            onChange={paste}
          />
        </div>
        {isPasted ? (
          <Field
            label={t('backtest.yaml', 'Rule')}
            description={t(
              'backtest.yaml-hint',
              'One rule as Grafana exports it in YAML, or a rule file that holds one'
            )}
            noMargin
          >
            <TextArea
              id={`${id}yaml`}
              rows={10}
              spellCheck={false}
              style={{ fontFamily: 'monospace' }}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          </Field>
        ) : (
          <Field
            label={t('backtest.rule', 'Rule')}
            description={
              rules.length === 0 ? t('backtest.no-rules', 'The engine reads no rule files. Paste a rule instead.') : ''
            }
            noMargin
          >
            <Combobox
              id={`${id}rule`}
              options={rules.map((rule) => ({ value: rule.uid, label: rule.title, description: rule.severity }))}
              value={uid || null}
              onChange={(option) => setUid(option.value)}
              width="auto"
              minWidth={40}
              maxWidth={80}
            />
          </Field>
        )}
        <Stack direction="row" gap={2} wrap="wrap">
          <Field label={t('backtest.past', 'Over the last')} noMargin>
            <RadioButtonGroup
              aria-label={t('backtest.past', 'Over the last')}
              options={[
                { value: 'now-3M', label: t('backtest.quarter', '3 months') },
                { value: 'now-6M', label: t('backtest.half', '6 months') },
                { value: 'now-1y', label: t('backtest.year', 'Year') },
                { value: 'now-2y', label: t('backtest.two-years', '2 years') },
              ]}
              value={from}
              onChange={setFrom}
            />
          </Field>
          <Field label={t('backtest.of-kpis', 'KPIs')} noMargin>
            <MultiCombobox
              id={`${id}kpis`}
              options={catalogue.kpis.map((kpi) => ({ value: kpi.id, label: kpi.name }))}
              value={kpis}
              onChange={(chosen) => setKpis(chosen.map(({ value }) => value))}
              placeholder={t('backtest.all-kpis', 'All that the rule asks about')}
              width="auto"
              minWidth={32}
              maxWidth={60}
            />
          </Field>
        </Stack>
        <Stack direction="row" gap={2} alignItems="center" wrap="wrap">
          {isRunning ? (
            <Button type="button" variant="secondary" icon="times" onClick={onStop}>
              {t('backtest.stop', 'Stop')}
            </Button>
          ) : (
            <Button type="submit" icon="play" disabled={isPasted ? text.trim() === '' : uid === ''}>
              {t('backtest.run', 'Run')}
            </Button>
          )}
          <span>
            {t('backtest.slow', 'A year takes a while, a rule on forecasts longer: choose few KPIs for one.')}
          </span>
        </Stack>
      </Stack>
    </form>
  );
}
