/** The engine: questions about KPIs in, answers as data frames out. It is the one writer of edits and of the audit trail. */
import type { Catalogue, Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { RuleGroup } from '@kpi-monitor/model/alerting/rule';
import { asKpiError, ERRORS, KpiError } from '@kpi-monitor/model/errors';
import type { CatalogueAnswer, MembersAnswer } from '@kpi-monitor/model/query/catalogue-answer';
import type { QueryResponse, QueryResult } from '@kpi-monitor/model/query/frames';
import type { QueryType, RequestQuery } from '@kpi-monitor/model/query/query';
import { type QueryRequestBody, readQuery } from '@kpi-monitor/model/query/query-schema';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { DAY_MS } from '@kpi-monitor/model/time/civil';
import type { Store } from '@kpi-monitor/store/store';

import { type Audit, createAudit } from './audit/audit';
import { backtest } from './backtest/backtest';
import { type Backtests, createBacktests } from './backtest/backtests';
import { catalogueAnswer } from './catalogue-answer';
import type { CollectorSource } from './collector-source';
import { nowOf } from './clock';
import { createFits, type FitShelf } from './forecasting/fits';
import { foreseeKpi, tryForecast, type Trials } from './forecasting/foresee';
import { createLandings } from './forecasting/landings';
import { withNotices, withRefId } from './frames/frame';
import { createHandling, type Handling } from './handling/handling';
import { createJudgementDesk, type JudgementDesk } from './judgement/desk';
import { createEditLog } from './judgement/edit-log';
import { type Limits, LIMITS } from './limits';
import { membersOf } from './members';
import { observed, type Observer } from './observer';
import { recordScores } from './quality/record-scores';
import { answerAlertContext } from './queries/alert-context';
import { answerAlerts } from './queries/alerts';
import { answerAnomalies } from './queries/anomalies';
import { answerAudit } from './queries/audit';
import type { Answerer, Context, Foreseen } from './queries/context';
import { answerCollector } from './queries/collector';
import { answerCorrelation } from './queries/correlation';
import { asKnown, createRevisions } from './queries/known-store';
import { knownNotices } from './queries/known-notices';
import { type Range, readKnownAt, readRange } from './queries/range';
import { answerDecomposition } from './queries/decomposition';
import { answerDistribution } from './queries/distribution';
import { answerForecast } from './queries/forecast';
import { answerFreshness } from './queries/feeds';
import { answerForecastRisk } from './queries/forecast-risk';
import { answerOutlook } from './queries/outlook';
import { answerQuality } from './queries/quality';
import { answerSeries } from './queries/series';
import { answerStatus } from './queries/status';
import { answerStatusHistory } from './queries/status-history';
import { cached } from './work/cached';
import { inThisThread, type Work } from './work/work';

export interface EngineOptions {
  /** asked for each request, so that a catalogue can be exchanged while the engine runs */
  catalogue: () => Catalogue;
  /** its locale is that of all texts */
  calendar: Calendar;
  store: Store;
  /** epoch milliseconds; default the system's */
  clock?: () => number;
  version: string;
  limits?: Partial<Limits>;
  observer?: Observer;
  /** default: in this thread */
  work?: Work;
  /** alert rules that can be back-tested by their uid; default none */
  rules?: () => readonly RuleGroup[];
  /** what is wrong with the newest state of the catalogue's files, while an older one is answered from; default nothing */
  catalogueProblems?: () => readonly string[];
  /** where fitted forecasts outlast a restart, and other processes find them; default nowhere */
  shelf?: FitShelf;
  /**
   * Whose forecasts and scores are kept up here; default everybody's. Where several processes answer from one store, the
   * forecasts of the others' KPIs come from the shelf, or are fitted when they are asked for.
   */
  keeps?: (kpi: Kpi) => boolean;
  /** of the process's own collector; default none is known */
  collector?: () => CollectorSource | null;
}

export interface Health {
  status: 'ok' | 'error';
  message: string;
  details: {
    version: string;
    store: string;
    kpis: number;
    catalogue: string;
    forecasts?: string;
    problems?: readonly string[];
  };
}

export interface AnswerOptions {
  /** stops the work when the reader goes away */
  signal?: AbortSignal;
  /** milliseconds to wait for forecasts that are not fitted yet; default 2,000 */
  patience?: number;
  /** told of each query that fails, for a log */
  onError?: (refId: string, error: KpiError) => void;
}

export interface Engine {
  readonly limits: Limits;
  /** acknowledgements and notes */
  readonly handling: Handling;
  /** thresholds and targets, and their edits */
  readonly judgement: JudgementDesk;
  readonly audit: Audit;
  /** alert rules run over history */
  readonly backtests: Backtests;
  /**
   * Answers each query on its own: one that fails carries its error and spoils no other.
   * @throws KpiError QUERY_TOO_LARGE for too many queries at once
   */
  answer(request: QueryRequestBody, options?: AnswerOptions): Promise<QueryResponse>;
  /**
   * Fits the forecasts of the kept KPIs that have new values, one KPI after the other, as of now.
   * @returns how many KPIs
   * @throws KpiError STORE_UNREACHABLE
   */
  foresee(signal?: AbortSignal): Promise<number>;
  /**
   * Records how good the values of the kept KPIs were in the last `SCORED_DAYS` where that has changed.
   * @returns how many scores
   * @throws KpiError STORE_UNREACHABLE, STORE_REFUSED
   */
  recordScores(signal?: AbortSignal): Promise<number>;
  catalogue(): Promise<CatalogueAnswer>;
  /** @throws KpiError KPI_UNKNOWN, KPI_DIMENSION_UNKNOWN, STORE_UNREACHABLE */
  members(dimension: string, kpis?: readonly string[]): Promise<MembersAnswer>;
  /** @throws KpiError STORE_UNREACHABLE */
  health(): Promise<Health>;
}

const ANSWERERS: Record<QueryType, Answerer> = {
  series: answerSeries,
  status: answerStatus,
  statusHistory: answerStatusHistory,
  alerts: answerAlerts,
  forecast: answerForecast,
  forecastRisk: answerForecastRisk,
  correlation: answerCorrelation,
  decomposition: answerDecomposition,
  anomalies: answerAnomalies,
  distribution: answerDistribution,
  outlook: answerOutlook,
  freshness: answerFreshness,
  quality: answerQuality,
  collector: answerCollector,
  alertContext: answerAlertContext,
  audit: answerAudit,
};

/** Who looks at a page waits this long for a forecast; then it says that it is being fitted. */
const PATIENCE = 2000;

/** A year, and what a comparison with the year before needs beyond it. */
export const SCORED_DAYS = 400;

export function createEngine(options: EngineOptions): Engine {
  const { calendar, clock = Date.now, observer = {}, version, keeps = () => true } = options;
  const limits = { ...LIMITS, ...options.limits };
  const store = observed(options.store, observer);
  const revisions = createRevisions(store);
  const work = cached(options.work ?? inThisThread);
  const fits = createFits(options.work ?? inThisThread, options.shelf);
  const now = (catalogue: Catalogue) => nowOf(catalogue, { store, calendar, clock });

  const context = (catalogue: Catalogue, range: Range, signal?: AbortSignal, patience = PATIENCE): Context => ({
    ...{
      catalogue,
      calendar,
      store,
      revisions,
      limits,
      range,
      work,
      fits,
      patience,
      foreseen,
      landings,
      audit,
      signal,
    },
    collector: options.collector?.() ?? null,
  });
  let foreseen: Foreseen = null;
  const landings = createLandings();
  const trials: Trials = new Map();

  const edits = createEditLog(options.store);
  // Each edit notes its record, so that none can be cut off the trail's end.
  const witnesses = async () => [...(await edits.all()).values()].flatMap((its) => its.map(({ audit: hash }) => hash));
  const audit = createAudit(options.store, witnesses);
  const asOfNow = (asOf: number): Range => ({ from: asOf - 1, to: asOf, asOf });
  const judgement = createJudgementDesk({
    ...{ catalogue: options.catalogue, calendar, edits, audit, clock, now },
    context: (catalogue, asOf, signal) => context(catalogue, asOfNow(asOf), signal),
  });

  const contextNow = async () => {
    const catalogue = await judgement.judged(options.catalogue());
    return context(catalogue, asOfNow(await now(catalogue)));
  };

  const backtests = createBacktests(
    async ({ from, to, kpis }, rule, control) => {
      const catalogue = await judgement.judged(options.catalogue());
      const range = readRange({ from, to }, await now(catalogue), calendar);
      const edited = [...(await edits.all()).values()].flatMap((its) => its.map(({ time }) => time));
      // Forecasts of the past are fitted as they are asked for, however long it takes.
      const answer = (request: QueryRequestBody) =>
        engine.answer(request, { signal: control.signal, patience: Infinity });
      const provisioned = options.rules?.() ?? [];
      return backtest({ rule, range, kpis, catalogue, calendar, edited, answer, provisioned, ...control });
    },
    options.rules ?? (() => [])
  );

  const engine: Engine = {
    limits,
    backtests,
    handling: createHandling({
      ...{ store: options.store, clock, context: contextNow },
      audit: async (change, { user, client, role }) => {
        await audit.record({ time: clock(), user, client, role, ...change });
      },
    }),
    judgement,
    audit,

    async answer(request, { signal, onError, patience = PATIENCE } = {}) {
      const queries = request.queries.filter((query) => query.hide !== true);
      if (queries.length > limits.queries) {
        const message = `the request holds ${queries.length} queries, more than ${limits.queries}; send them in parts`;
        throw new KpiError('QUERY_TOO_LARGE', message, { queries: queries.length });
      }
      let judged: Promise<Catalogue> | undefined;
      let time: Promise<number> | undefined;
      const frames = async (query: RequestQuery) => {
        const catalogue = await (judged ??= judgement.judged(options.catalogue()));
        const ends = { from: query.from ?? request.from, to: query.to ?? request.to };
        const asked = await (time ??= now(catalogue));
        const whole = context(catalogue, readRange(ends, asked, calendar), signal, patience);
        if (!query.asKnownAt) {
          return ANSWERERS[query.type](query, whole);
        }
        const at = readKnownAt(query.asKnownAt, asked, calendar);
        const answer = await ANSWERERS[query.type](query, asKnown(whole, at));
        return withNotices(answer, await knownNotices(at, whole));
      };
      // Panels of one dashboard often ask the same: it is computed once.
      const asked = new Map<string, ReturnType<typeof frames>>();
      const result = async (raw: QueryRequestBody['queries'][number]): Promise<QueryResult> => {
        const start = performance.now();
        let error: KpiError | undefined;
        try {
          const query = readQuery(raw);
          const key = JSON.stringify({ ...query, refId: '' });
          const answer = asked.get(key) ?? frames(query);
          asked.set(key, answer);
          return { status: 200, frames: (await answer).map((frame) => withRefId(frame, query.refId)) };
        } catch (thrown) {
          signal?.throwIfAborted();
          error = asKpiError(thrown);
          onError?.(raw.refId, error);
          return failure(error, store.name);
        } finally {
          const type = typeof raw.type === 'string' && raw.type in ANSWERERS ? raw.type : 'unreadable';
          observer.query?.({ type, refId: raw.refId, ms: performance.now() - start, error });
        }
      };
      const results = await Promise.all(queries.map(async (query) => [query.refId, await result(query)] as const));
      signal?.throwIfAborted();
      return { results: Object.fromEntries(results) };
    },

    async foresee(signal) {
      const kpis = options.catalogue().kpis.filter(keeps);
      const each = async (work: (kpi: Kpi, context: Context) => Promise<void>, onDone?: (done: number) => void) => {
        for (const [done, kpi] of kpis.entries()) {
          signal?.throwIfAborted();
          onDone?.(done);
          const catalogue = await judgement.judged(options.catalogue());
          const asOf = await now(catalogue);
          // It may have been taken out of the catalogue meanwhile.
          const current = catalogue.byId.get(kpi.id);
          if (current) {
            await unlessRefused(work(current, context(catalogue, asOfNow(asOf), signal, Infinity)));
          }
        }
      };
      try {
        await each(foreseeKpi, (done) => (foreseen = { done, of: kpis.length }));
      } finally {
        foreseen = null;
      }
      await each((kpi, its) => tryForecast(kpi, its, trials));
      return kpis.length;
    },

    async recordScores(signal) {
      const catalogue = options.catalogue();
      const asOf = await now(catalogue);
      const range = { from: asOf - SCORED_DAYS * DAY_MS, to: asOf, asOf };
      return recordScores(catalogue.kpis.filter(keeps), context(catalogue, range, signal), options.store);
    },

    async catalogue() {
      // A catalogue can be listed though the store is away; only an archive's clock and edited targets need it.
      const catalogue = await judgement.judged(options.catalogue()).catch(() => options.catalogue());
      const time = await now(catalogue).catch(() => null);
      return catalogueAnswer(catalogue, calendar, time);
    },

    async members(dimension, kpis = []) {
      return { dimension, members: await membersOf(dimension, kpis, options.catalogue(), store) };
    },

    async health() {
      const catalogue = options.catalogue();
      await store.ping();
      const problems = options.catalogueProblems?.() ?? [];
      const details = {
        ...{ version, store: store.name, kpis: catalogue.kpis.length, catalogue: catalogue.name },
        ...(problems.length > 0 && { problems }),
        ...(foreseen && { forecasts: `${foreseen.done} of ${foreseen.of} fitted` }),
      };
      const message = `${details.kpis} KPIs of ${catalogue.name} from ${store.name}`;
      const stale = problems.length > 0 ? `; its newest change is not taken up: ${problems[0]}` : '';
      return { status: 'ok', message: `${message}${stale}`, details };
    },
  };
  return engine;
}

/** What a KPI's nature refuses is said to whoever asks for it. */
async function unlessRefused(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof KpiError) || error.code.startsWith('STORE_')) {
      throw error;
    }
  }
}

/** An error as it stands in an answer: readable as text alone, since Grafana passes on no more. */
function failure(error: KpiError, storeName: string): QueryResult {
  const isStore = error.code.startsWith('STORE_') && !error.message.includes(storeName);
  const message =
    error.code === 'INTERNAL' ? ERRORS.INTERNAL[1] : isStore ? `${storeName}: ${error.message}` : error.message;
  return {
    status: error.status,
    error: `${error.code}: ${message}`,
    errorSource: error.code === 'INTERNAL' ? 'plugin' : 'downstream',
    code: error.code,
    ...(error.details && { details: error.details }),
  };
}
