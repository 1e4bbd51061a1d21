/** `kpi alerts backtest`: a rule run over history, by the running instance or, without one, here. */
import { existsSync, readFileSync } from 'node:fs';

import { KpiError } from '@kpi-monitor/model/errors';
import type { BacktestAnswer, BacktestRequest, BacktestRun } from '@kpi-monitor/model/query/backtest-answer';

import { ask } from '../compose/ask';
import { openHouse } from '../compose/house';
import { type Instance, reachInstance } from '../compose/instance';
import { readConfig } from '../config/read';
import { dim } from '../terminal/color';
import { table } from '../terminal/table';

import type { CommonOptions, Output } from './options';

export interface BacktestCommand extends CommonOptions {
  from: string;
  to?: string;
  /** ids, separated by commas */
  kpis?: string;
  uid?: string;
}

/** Who runs it. */
interface Runner {
  start(request: BacktestRequest): Promise<BacktestRun>;
  look(id: string): Promise<BacktestRun>;
  stop(id: string): Promise<unknown>;
}

/**
 * @param given a file with the rule, or the uid of a provisioned one
 * @throws KpiError of the rule, the request or the store
 */
export async function alertsBacktest(
  given: string,
  options: BacktestCommand,
  out: Output,
  version: string
): Promise<number> {
  const config = readConfig(options);
  const rule = existsSync(given)
    ? { rule: readFileSync(given, 'utf8'), ...(options.uid && { uid: options.uid }) }
    : { uid: given };
  const kpis = options.kpis?.split(',').map((id) => id.trim());
  const request = { ...rule, from: options.from, to: options.to ?? 'now', ...(kpis && { kpis }) };
  const instance = await reachInstance(config.dataFolder);
  if (instance) {
    return report(await runOn(overHttp(instance), request), options, out);
  }
  const house = await openHouse(config, { version, journal: false });
  try {
    const { backtests } = house.engine;
    const here = { start: backtests.start, look: backtests.look, stop: async (id: string) => backtests.stop(id) };
    return report(await runOn(here, request), options, out);
  } finally {
    await house.close();
  }
}

async function runOn(runner: Runner, request: BacktestRequest): Promise<BacktestAnswer> {
  let run = await runner.start(request);
  const stop = () => void runner.stop(run.id).catch(() => undefined);
  process.once('SIGINT', stop);
  try {
    while (run.state === 'running') {
      progress(run);
      run = await runner.look(run.id);
    }
  } finally {
    process.off('SIGINT', stop);
  }
  progress(null);
  if (!run.answer) {
    const { code, message } = run.error ?? { code: 'REQUEST_INVALID' as const, message: 'the back-test was stopped' };
    throw new KpiError(code, message);
  }
  return run.answer;
}

/** On a terminal alone, and never in what is piped on. */
function progress(run: BacktestRun | null): void {
  if (process.stderr.isTTY) {
    process.stderr.write(run ? `\r${run.done} of ${run.of} evaluations` : '\r\u001b[K');
  }
}

function report(answer: BacktestAnswer, { json }: BacktestCommand, out: Output): number {
  if (json) {
    out.line(JSON.stringify(answer));
    return 0;
  }
  const time = (at: number) => new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  out.line(`${answer.rule.title}, ${time(answer.from)} to ${time(answer.to)} UTC: ${answer.text}`);
  if (answer.instances.length > 0) {
    const rows = answer.instances.map(({ kpi, name, labels, firings, brief, firingText, messages }) => [
      name || kpi || JSON.stringify(labels),
      String(firings.length),
      String(brief),
      firingText,
      String(messages),
      firings
        .slice(-3)
        .map(({ from, durationText }) => `${time(from)} (${durationText})`)
        .join(', '),
    ]);
    out.line(table(['instance', 'fired', 'brief', 'for', 'messages', 'the last'], rows));
  }
  if (answer.leads?.rows.length) {
    out.line(`${answer.leads.text}:`);
    const rows = answer.leads.rows.map(({ name, periodText, leadText }) => [name, periodText, leadText]);
    out.line(table(['instance', 'period', 'forecast'], rows));
  }
  answer.notes.forEach((note) => out.line(dim(`- ${note}`)));
  return 0;
}

function overHttp(instance: Instance): Runner {
  const at = '/api/alerts/backtest';
  return {
    start: (request) => ask(instance, 'POST', at, request),
    look: (id) => ask(instance, 'GET', `${at}/${id}`),
    stop: (id) => ask(instance, 'DELETE', `${at}/${id}`),
  };
}
