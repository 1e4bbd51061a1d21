/** Where thresholds and targets are looked at, tried and changed. One change at a time; each is in the audit trail first. */
import { type Catalogue, type Kpi, kpiOf } from '@kpi-monitor/model/catalogue/catalogue';
import { KpiError } from '@kpi-monitor/model/errors';
import { changeText } from '@kpi-monitor/model/judgement/change-text';
import { checkEdit, checkFrom } from '@kpi-monitor/model/judgement/check-edit';
import { withAllEdits, withEdits } from '@kpi-monitor/model/judgement/edits';
import { isOverridden, periodFrom, valuesFor } from '@kpi-monitor/model/judgement/judgement-values';
import { previewed, previewOf } from '@kpi-monitor/model/judgement/preview';
import type {
  EditAction,
  EditConflict,
  JudgementAnswer,
  JudgementChange,
  JudgementEdit,
  JudgementList,
  JudgementPut,
  JudgementReset,
  PreviewAnswer,
  Role,
} from '@kpi-monitor/model/query/judgement-answer';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { parseIsoDate } from '@kpi-monitor/model/time/civil';
import { periodNow } from '@kpi-monitor/model/time/period';
import { Turns } from '@kpi-monitor/store/turns';

import type { Audit } from '../audit/audit';
import { ownerOf } from '../frames/labels';
import type { Context } from '../queries/context';
import { selectAndEvaluate } from '../queries/select';

import type { EditLog, StoredEdit } from './edit-log';
import { plannedEdits } from './planned';
import { startsOf } from './starts';

/** Who changes something. */
export interface Editor {
  user: string;
  client: string;
  role: Role;
}

export interface Page {
  limit?: number;
  /** only revisions below */
  before?: number;
}

export interface JudgementDesk {
  /** A catalogue whose KPIs are judged by their edits. @throws KpiError STORE_UNREACHABLE */
  judged(catalogue: Catalogue): Promise<Catalogue>;
  /** @throws KpiError STORE_UNREACHABLE */
  list(): Promise<JudgementList>;
  /** @throws KpiError KPI_UNKNOWN, STORE_UNREACHABLE */
  show(id: string, editor: Editor, page?: Page): Promise<JudgementAnswer>;
  /** @throws KpiError KPI_UNKNOWN, STORE_UNREACHABLE */
  preview(id: string, change: JudgementChange, signal?: AbortSignal): Promise<PreviewAnswer>;
  /**
   * @param seen the revision that the editor has seen
   * @throws KpiError KPI_UNKNOWN; KPI_EDIT_CONFLICT with an `EditConflict` in its details; KPI_THRESHOLD_ORDER,
   * KPI_THRESHOLD_FORM, KPI_TARGET_MISSING, REQUEST_INVALID with `problems`; STORE_UNREACHABLE
   */
  set(id: string, put: JudgementPut, editor: Editor, seen: number): Promise<JudgementAnswer>;
  /** @throws KpiError like `set` */
  reset(id: string, reset: JudgementReset, editor: Editor, seen: number): Promise<JudgementAnswer>;
}

export interface DeskOptions {
  catalogue: () => Catalogue;
  calendar: Calendar;
  edits: EditLog;
  audit: Audit;
  /** what time changes are stamped with, epoch milliseconds */
  clock: () => number;
  /** what plays "now" */
  now: (catalogue: Catalogue) => Promise<number>;
  /** what questions as of a time are answered from */
  context: (catalogue: Catalogue, asOf: number, signal?: AbortSignal) => Context;
}

const PAGE = 20;

export function createJudgementDesk(options: DeskOptions): JudgementDesk {
  const { calendar, edits, audit, clock } = options;
  const turns = new Turns();
  let made: { of: Catalogue; edits: unknown; judged: Catalogue } | null = null;

  const judged = async (catalogue: Catalogue) => {
    const all = await edits.all();
    if (made?.of !== catalogue || made.edits !== all) {
      made = { of: catalogue, edits: all, judged: withAllEdits(catalogue, all) };
    }
    return made.judged;
  };

  /** A KPI with its edits, and the time as of which all of them are known. */
  const standing = async (id: string) => {
    const catalogue = options.catalogue();
    const plain = judgedKpi(catalogue, id);
    const all = await judged(catalogue);
    const its: readonly StoredEdit[] = (await edits.all()).get(id) ?? [];
    const now = await options.now(catalogue);
    // A clock that was set back since makes no edit unknown to who made it.
    const asOf = catalogue.as_of === 'latest' ? now : Math.max(now, ...its.slice(-1).map(({ time }) => time));
    return { catalogue: all, plain, kpi: kpiOf(all, id), edits: its, now, asOf, revision: its.at(-1)?.revision ?? 0 };
  };

  const show = async (id: string, editor: Editor, { limit = PAGE, before = Infinity }: Page = {}) => {
    const { catalogue, plain, kpi, edits: its, now, asOf, revision } = await standing(id);
    const open = periodNow(now, kpi.judge.at, calendar);
    const older = its.filter((edit) => edit.revision < before);
    return {
      kpi: kpi.id,
      name: kpi.name,
      category: kpi.category,
      unit: kpi.unit,
      decimals: kpi.decimals,
      direction: kpi.direction,
      grain: kpi.judge.at,
      owner: ownerOf(kpi),
      revision,
      you: {
        user: editor.user,
        role: editor.role,
        mayEdit: editor.role !== 'Viewer',
        mayReset: editor.role === 'Admin',
      },
      inForce: valuesFor(kpi, open, calendar, asOf),
      catalogue: valuesFor(plain, open, calendar, asOf),
      isOverridden: isOverridden(kpi, open, calendar, asOf),
      planned: plannedEdits(its, open, calendar).map(shownEdit),
      starts: await startsOf(kpi, open, options.context(catalogue, now)),
      edits: older.slice(-limit).reverse().map(shownEdit),
      total: its.length,
    };
  };

  /** Appends what `make` says, unless somebody was first. */
  const change = (
    id: string,
    editor: Editor,
    seen: number,
    make: (
      at: Awaited<ReturnType<typeof standing>>
    ) => Promise<Pick<StoredEdit, 'from' | 'change' | 'reason' | 'action'>>
  ) =>
    turns.take(async () => {
      const at = await standing(id);
      if (at.revision !== seen) {
        throw conflict(at.plain, seen, at.edits);
      }
      const { action, from, change: changed, reason } = await make(at);
      const time = clock();
      const known = Math.max(at.asOf, time);
      const period = periodFrom(at.kpi, parseIsoDate(from)!, calendar);
      const next = { action, from, change: changed, revision: seen + 1 };
      const old = valuesFor(at.kpi, period, calendar, known);
      // As it will be known: also in an archive, whose now is long past.
      const after = [...at.edits, { ...next, time }].map((edit) => ({ ...edit, time: -Infinity }));
      const values = valuesFor(withEdits(at.plain, after), period, calendar, known);
      const { user, client, role } = editor;
      const fact = { time, user, client, role, kpi: id, reason };
      const what = `from ${from}: ${action === 'reset' ? 'back to the catalogue; ' : ''}${changeText(old, values, { ...at.kpi, locale: calendar.locale })}`;
      const { hash } = await audit.record({ ...fact, action: `judgement.${action}`, what });
      try {
        await edits.append(
          id,
          { time, user, client, action, from, change: changed, old, new: values, reason, audit: hash },
          seen
        );
      } catch (error) {
        const why = error instanceof KpiError ? error.code : 'INTERNAL';
        await audit
          .record({ ...fact, action: 'judgement.failed', what: `not saved (${why}): ${what}` })
          .catch(() => null);
        throw await conflictInStore(error, at.plain, seen);
      }
      return show(id, editor);
    });

  const conflictInStore = async (error: unknown, kpi: Kpi, seen: number) => {
    const isConflict = error instanceof KpiError && error.details?.['revision'] !== undefined;
    const now = isConflict ? (await edits.all()).get(kpi.id) : undefined;
    return now ? conflict(kpi, seen, now) : error;
  };

  return {
    judged,
    show,

    async list() {
      const catalogue = options.catalogue();
      const [all, now] = [await judged(catalogue), await options.now(catalogue)];
      const stored = await edits.all();
      return {
        kpis: all.kpis.map((kpi) => {
          const open = periodNow(now, kpi.judge.at, calendar);
          const last = stored.get(kpi.id)?.at(-1);
          const asOf = Math.max(now, last?.time ?? now);
          return {
            kpi: kpi.id,
            inForce: valuesFor(kpi, open, calendar, asOf),
            isOverridden: isOverridden(kpi, open, calendar, asOf),
            edited: last ? { time: last.time, user: last.user } : null,
          };
        }),
      };
    },

    async preview(id, change, signal) {
      const { catalogue, kpi, now, asOf } = await standing(id);
      const { first } = previewed(kpi, calendar, now);
      const grain = kpi.judge.at;
      const { evaluated } = await selectAndEvaluate(
        { v: 1, refId: 'preview', type: 'statusHistory', select: { kpis: [id] } },
        options.context(catalogue, now, signal),
        () => ({ kpi, grain, from: first.start })
      );
      const problems = checkEdit(kpi, change, calendar.toCivil(now), calendar, asOf);
      return previewOf({ kpi, slice: evaluated[0]?.slices[0], change, problems, calendar, asOf: now });
    },

    set: (id, { from, reason, ...changed }, editor, seen) =>
      change(id, editor, seen, async ({ kpi, asOf, now }) => {
        const date = parseIsoDate(from);
        const problems = checkFrom(date, from, calendar.toCivil(now));
        if (problems.length === 0) {
          problems.push(...checkEdit(kpi, changed, date!, calendar, asOf));
        }
        refuse(problems);
        return { action: 'set', from, change: changed, reason };
      }),

    reset: (id, { from, reason }, editor, seen) =>
      change(id, editor, seen, async ({ catalogue, kpi, edits: its, now }) => {
        const open = periodNow(now, kpi.judge.at, calendar);
        const [shown] = await startsOf(kpi, open, options.context(catalogue, now));
        const day = from ?? shown!.from;
        const problems = checkFrom(parseIsoDate(day), day, calendar.toCivil(now));
        if (its.length === 0) {
          const message = 'nothing was edited: the catalogue holds already';
          problems.push({ code: 'REQUEST_INVALID', message, field: 'thresholds' });
        }
        refuse(problems);
        return { action: 'reset' as EditAction, from: day, change: {}, reason };
      }),
  };
}

/** @throws KpiError KPI_UNKNOWN for a measure too, which is never judged */
function judgedKpi(catalogue: Catalogue, id: string): Kpi {
  const kpi = kpiOf(catalogue, id);
  if (kpi.role === 'measure') {
    throw new KpiError('KPI_UNKNOWN', `\`${id}\` is a measure: it feeds formulas and is not judged`, { kpi: id });
  }
  return kpi;
}

function refuse(problems: ReturnType<typeof checkEdit>): void {
  const [first] = problems;
  if (first) {
    throw new KpiError(first.code, problems.map(({ message }) => message).join('; '), { problems });
  }
}

function conflict(kpi: Kpi, seen: number, edits: readonly StoredEdit[]): KpiError {
  const last = edits.at(-1);
  if (!last || seen > last.revision) {
    const message = `${kpi.name} has no revision ${seen}; read it again`;
    return new KpiError('KPI_EDIT_CONFLICT', message, { revision: last?.revision ?? 0 });
  }
  const message = `${last.user} has changed ${kpi.name} since you opened it (revision ${last.revision}, yours is ${seen}); look at that change, and save again if yours is still right`;
  const details: EditConflict = { revision: last.revision, edit: shownEdit(last) };
  return new KpiError('KPI_EDIT_CONFLICT', message, { ...details });
}

function shownEdit({
  revision,
  time,
  user,
  client,
  action,
  from,
  old,
  new: values,
  reason,
}: StoredEdit): JudgementEdit {
  return { revision, time, user, client, action, from, old, new: values, reason };
}
