/** Back-tests that run on their own: begun, looked after, stopped. */
import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';

import { ruleOf } from '@kpi-monitor/model/alerting/rule-of';
import type { RuleGroup } from '@kpi-monitor/model/alerting/rule';
import { asKpiError, ERRORS, KpiError } from '@kpi-monitor/model/errors';
import type {
  BacktestAnswer,
  BacktestRequest,
  BacktestRun,
  RulesToTest,
} from '@kpi-monitor/model/query/backtest-answer';

import type { BacktestOptions } from './backtest';

export interface Backtests {
  /** The provisioned rules, in the order of their files. */
  rules(): RulesToTest;
  /**
   * Begins one, and waits a little for it.
   * @throws KpiError of the rule or the request; QUERY_TOO_LARGE while others run
   */
  start(request: BacktestRequest): Promise<BacktestRun>;
  /** Waits a little, too. @throws KpiError NOT_FOUND */
  look(id: string): Promise<BacktestRun>;
  /** @throws KpiError NOT_FOUND */
  stop(id: string): BacktestRun;
}

type Begin = (
  request: Omit<BacktestRequest, 'rule' | 'uid'>,
  rule: BacktestOptions['rule'],
  control: Pick<BacktestOptions, 'signal' | 'onProgress'>
) => Promise<BacktestAnswer>;

interface Running {
  run: BacktestRun;
  stop: AbortController;
  ended: Promise<void>;
  abandon: ReturnType<typeof setTimeout>;
}

const PATIENCE = 2000;
const ABANDONED = 60_000;
const AT_ONCE = 2;
const KEPT = 20;

export function createBacktests(begin: Begin, provisioned: () => readonly RuleGroup[]): Backtests {
  const known = new Map<string, Running>();

  const find = (id: string) => {
    const found = known.get(id);
    if (!found) {
      throw new KpiError(
        'NOT_FOUND',
        `there is no back-test \`${id.slice(0, 64)}\`; it is long over, or the engine was restarted`
      );
    }
    return found;
  };
  const abandonLater = (stop: AbortController) => setTimeout(() => stop.abort(), ABANDONED).unref();
  const patient = async (one: Running) => {
    clearTimeout(one.abandon);
    await Promise.race([one.ended, new Promise((resolve) => setTimeout(resolve, PATIENCE).unref())]);
    clearTimeout(one.abandon);
    one.abandon = abandonLater(one.stop);
    return { ...one.run };
  };

  return {
    rules: () => ({
      rules: provisioned().flatMap((group) =>
        group.rules.map(({ uid, title, labels, isPaused }) => ({
          ...{ uid, title, isPaused },
          severity: labels['severity'] ?? '',
        }))
      ),
    }),
    async start({ rule: text, uid, ...request }) {
      const rule = ruleOf(text, uid, provisioned());
      if ([...known.values()].filter(({ run }) => run.state === 'running').length >= AT_ONCE) {
        throw new KpiError('QUERY_TOO_LARGE', `${AT_ONCE} back-tests run already; wait for one to end, or stop it`);
      }
      const stop = new AbortController();
      // Each question to the store and each forecast that is fitted listens, many at a time.
      setMaxListeners(0, stop.signal);
      const run: BacktestRun = { id: randomUUID(), state: 'running', done: 0, of: 0, answer: null, error: null };
      const onProgress = (done: number, of: number) => Object.assign(run, { done, of });
      const ended = begin(request, rule, { signal: stop.signal, onProgress }).then(
        (answer) => void Object.assign(run, { state: 'done', answer }),
        (thrown: unknown) => {
          const error = asKpiError(thrown);
          const body = error.code === 'INTERNAL' ? { code: error.code, message: ERRORS.INTERNAL[1] } : error.body;
          Object.assign(run, stop.signal.aborted ? { state: 'stopped' } : { state: 'failed', error: body });
        }
      );
      const one: Running = { run, stop, ended, abandon: abandonLater(stop) };
      known.set(run.id, one);
      if (known.size > KEPT) {
        const [oldest] = [...known.values()].filter(({ run: { state } }) => state !== 'running');
        known.delete(oldest?.run.id ?? '');
      }
      return patient(one);
    },
    look: (id) => patient(find(id)),
    stop(id) {
      const one = find(id);
      one.stop.abort();
      return { ...one.run, ...(one.run.state === 'running' && { state: 'stopped' as const }) };
    },
  };
}
