/** When groups are evaluated: at whole multiples of their interval, as Grafana's scheduler does without its jitter. */
import type { RuleGroup } from '@kpi-monitor/model/alerting/rule';

/** The first such time after `now`, epoch milliseconds. */
export function nextTick({ interval }: Pick<RuleGroup, 'interval'>, now: number): number {
  return Math.floor(now / interval) * interval + interval;
}

export interface Schedule {
  stop(): void;
}

/**
 * Calls `evaluate` for each group at its times, one group after the other. A group whose turn comes late is evaluated
 * once for all the times that it missed.
 */
export function schedule(
  groups: readonly RuleGroup[],
  evaluate: (group: RuleGroup, at: number) => Promise<void>,
  clock: () => number = Date.now
): Schedule {
  const timers = new Map<RuleGroup, ReturnType<typeof setTimeout>>();
  let turn = Promise.resolve();
  let stopped = false;
  const plan = (group: RuleGroup) => {
    const at = nextTick(group, clock());
    const run = () => {
      turn = turn.then(async () => {
        if (stopped) {
          return;
        }
        const late = nextTick(group, clock()) - group.interval;
        await evaluate(group, Math.max(at, late));
        if (!stopped) {
          plan(group);
        }
      });
    };
    timers.set(group, setTimeout(run, Math.min(at - clock(), MAX_TIMEOUT)).unref());
  };
  groups.forEach(plan);
  return {
    stop() {
      stopped = true;
      timers.forEach(clearTimeout);
    },
  };
}

/** Node's timers hold 31 bits. */
const MAX_TIMEOUT = 2 ** 31 - 1;
