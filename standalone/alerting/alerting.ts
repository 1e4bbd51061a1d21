/** Alerting in standalone, wired together: rule files, schedule, states, history and messages. */
import { join } from 'node:path';

import type { LoadedConfig } from '@kpi-monitor/cli/config/read';
import type { Engine } from '@kpi-monitor/engine/engine';
import type { RuleGroup } from '@kpi-monitor/model/alerting/rule';
import { problemText } from '@kpi-monitor/model/catalogue/problem';
import { asKpiError } from '@kpi-monitor/model/errors';
import type { FastifyBaseLogger } from 'fastify';

import type { AlertingAnswer, HistoryAnswer } from '../src/services/alerting';

import { askEngine } from './ask';
import { type Channel, openChannels } from './channels';
import { createEvaluator, type RuleStatus, type Told } from './evaluator';
import { createHistory, episodesOf } from './history';
import { type Hold, takeHold } from './hold';
import { type ChannelName, writeLetter } from './letter';
import { createMemory } from './memory';
import { createPost, type Post } from './post';
import { readRuleFiles } from './rule-files';
import { type Schedule, schedule } from './schedule';

export interface Alerting {
  groups: readonly RuleGroup[];
  /** Begins to evaluate, once `ready` says that there is something to ask about. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Evaluates all groups once, out of turn. */
  evaluate(at: number): Promise<void>;
  status(): RuleStatus[];
  overview(): AlertingAnswer;
  history(limit: number): HistoryAnswer;
  receivers(): ChannelName[];
}

export interface AlertingOptions {
  config: Pick<LoadedConfig, 'dataFolder' | 'mail' | 'webhook' | 'resolve'>;
  engine: Pick<Engine, 'answer'>;
  /** uid of the one data source */
  datasource: string;
  /** of rule files */
  folder: string;
  root: string;
  log: Pick<FastifyBaseLogger, 'warn' | 'error'>;
  /** why rules cannot be evaluated yet; empty when they can */
  ready?: () => string;
  externalURL?: () => string;
  clock?: () => number;
  env?: Readonly<Record<string, string | undefined>>;
}

/** How often it is looked whether evaluating can begin, and whether letters can be delivered. */
const LOOK = 5000;
/** A source that never answers keeps rules from being evaluated no longer than this. */
const PATIENCE = 300_000;

export function createAlerting(options: AlertingOptions): Alerting {
  const { config, engine, datasource, log, clock = Date.now } = options;
  const { ready = () => '', externalURL = () => '' } = options;
  const { groups, problems } = readRuleFiles(options);
  const folder = join(config.dataFolder, 'alerting');
  const memory = createMemory(join(folder, 'states.json'));
  const history = createHistory(join(folder, 'history.jsonl'));
  const evaluator = createEvaluator({ groups, ask: askEngine(engine, datasource), externalURL, clock });
  const wrong = new Map<string, string>();
  let channels: Channel[] = [];
  let post: Post | null = null;
  let hold: Hold | null = null;
  let running: Schedule | null = null;
  let looking: ReturnType<typeof setInterval> | undefined;
  let busy: Promise<unknown> = Promise.resolve();
  let waiting = groups.length > 0 ? 'Rules are evaluated as soon as the server is up.' : '';

  /** A text under `about` is shown on the page until it is taken back. */
  const report = (about: string, text: string) => {
    if (text && wrong.get(about) !== text) {
      log.warn({ about }, text);
    }
    if (text) {
      wrong.set(about, text);
    } else {
      wrong.delete(about);
    }
  };
  const attempt = async (about: string, work: () => Promise<unknown>) => {
    await work().then(
      () => report(about, ''),
      (thrown: unknown) => report(about, `${about}: ${asKpiError(thrown).message}`)
    );
  };
  const save = () =>
    attempt('States cannot be kept', () => memory.save({ states: evaluator.states(), outbox: [...post!.outbox()] }));

  const hear = async ({ changes, news }: Told, at: number) => {
    post!.add(news.flatMap(({ rule, news: told }) => channels.map(({ name }) => writeLetter(name, rule, told, at))));
    await attempt('History cannot be kept', () => history.add(changes));
    await save();
    // Not waited for: a mail server that is away holds up no evaluation.
    void post!.deliver(clock());
  };
  const evaluate = async (group: RuleGroup, at: number) => {
    busy = evaluator.evaluate(group, at).then((told) => hear(told, at));
    await busy.then(
      () => report(`Group ${group.name}`, ''),
      (thrown: unknown) =>
        report(`Group ${group.name}`, `${group.name} could not be evaluated: ${asKpiError(thrown).message}`)
    );
  };

  const begin = async () => {
    const { remembered, problem } = await memory.load();
    report('Remembered states', problem);
    await history.load();
    post = createPost(channels, {
      kept: remembered.outbox,
      changed: () => void save(),
      log: ({ id, channel, attempts, reason }) =>
        log.warn({ id, channel, attempts }, `an alert was not delivered: ${reason}`),
    });
    const now = clock();
    await hear(evaluator.restore(remembered.states, now), now);
    running = schedule(groups, evaluate, clock);
  };

  const began = clock();
  let beginning: Promise<void> | null = null;
  const look = async () => {
    if (post) {
      await post.deliver(clock());
      return;
    }
    const reason = clock() - began < PATIENCE ? ready() : '';
    if (reason) {
      waiting = reason;
      return;
    }
    if (!hold) {
      const taken = takeHold(join(folder, 'evaluator.lock'));
      if ('heldBy' in taken) {
        waiting = `Process ${taken.heldBy} evaluates the rules on ${config.dataFolder} already. This one takes over when that ends.`;
        return;
      }
      hold = taken;
    }
    waiting = '';
    await begin();
  };
  const lookOnce = () => {
    beginning ??= attempt('Rules cannot be evaluated', look).finally(() => (beginning = null));
    return beginning;
  };

  return {
    groups,
    async start() {
      problems.forEach((problem) => log.warn(problemText(problem)));
      try {
        channels = openChannels(config);
      } catch (thrown) {
        const { code, message } = asKpiError(thrown);
        report('Messages', `${code} ${message}: nobody is told of alerts`);
      }
      if (groups.length === 0) {
        return;
      }
      looking = setInterval(() => void lookOnce(), LOOK).unref();
      await lookOnce();
    },
    async stop() {
      clearInterval(looking);
      running?.stop();
      await beginning;
      await busy.catch(() => undefined);
      if (post) {
        await save();
      }
      hold?.release();
      hold = null;
    },
    async evaluate(at) {
      for (const group of groups) {
        await evaluate(group, at);
      }
      await post?.deliver(clock());
    },
    status: () => evaluator.status(),
    overview() {
      const instances = evaluator.status().flatMap((status) => status.instances);
      const inState = (...states: string[]) => instances.filter(({ state }) => states.includes(state)).length;
      return {
        firing: inState('Alerting', 'Recovering', 'NoData', 'Error'),
        pending: inState('Pending'),
        waiting,
        problems: [...problems.map(problemText), ...wrong.values()],
        channels: channels.map(({ description }) => description),
        undelivered: (post?.outbox() ?? [])
          .filter(({ attempts }) => attempts > 0)
          .map(({ channel, title, reason, givenUp }) => ({ channel, title, reason, givenUp })),
      };
    },
    history(limit) {
      const changes = history.changes();
      return { now: clock(), episodes: episodesOf(changes).slice(0, limit), changes: changes.slice(-limit).reverse() };
    },
    receivers: () => channels.map(({ name }) => name),
  };
}
