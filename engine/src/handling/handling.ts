/** Acknowledgements and notes: who may write them, and what they are about. */
import { type Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { KpiError } from '@kpi-monitor/model/errors';
import { formatValue } from '@kpi-monitor/model/format/number';
import { formatPeriod } from '@kpi-monitor/model/format/period';
import { allowedTime, waitOf } from '@kpi-monitor/model/judgement/escalation';
import { ESCALATED_FROM, type HandlingRecord, type Remark } from '@kpi-monitor/model/judgement/handling';
import type {
  AcknowledgeRequest,
  NoteRequest,
  NotesAnswer,
  OpenAlert,
  RemarkAnswer,
} from '@kpi-monitor/model/query/handling-answer';
import { LEVELS, STATUS_TEXT } from '@kpi-monitor/model/status';
import { periodAt } from '@kpi-monitor/model/time/period';
import type { Store } from '@kpi-monitor/store/store';

import { type Caller, hasRole, requireRole } from '../http/access';
import type { Context } from '../queries/context';

import type { Audit } from './audit';
import { type HandledAlert, type KpiAlerts, readAlerts } from './read-alerts';

export interface HandlingOptions {
  store: Pick<Store, 'append' | 'entries'>;
  /** of the engine's now */
  context: () => Promise<Context>;
  clock: () => number;
  audit: Audit;
}

/** Every change answers what `notes` answers after it. */
export interface Handling {
  /** @throws KpiError KPI_UNKNOWN */
  notes(kpi: string, caller: Caller): Promise<NotesAnswer>;
  /**
   * Takes the open alert on, at its level; again is no change.
   * @throws KpiError ACCESS_ROLE, KPI_UNKNOWN, KPI_ALERT_OVER when there is none, or not the one that was seen
   */
  acknowledge(kpi: string, request: AcknowledgeRequest, caller: Caller): Promise<NotesAnswer>;
  /** @throws KpiError ACCESS_ROLE, KPI_UNKNOWN */
  note(kpi: string, request: NoteRequest, caller: Caller): Promise<NotesAnswer>;
  /**
   * Takes an acknowledgement or a note back; it stays readable as withdrawn. Others' are an Admin's to take back.
   * @throws KpiError ACCESS_ROLE, KPI_UNKNOWN, KPI_REMARK_UNKNOWN
   */
  withdraw(kpi: string, revision: number, caller: Caller): Promise<NotesAnswer>;
  /** Records of each KPI that is new from when it is watched, for the time that alerts may wait. */
  watch(): Promise<void>;
}

export function createHandling({ store, context, clock, audit }: HandlingOptions): Handling {
  const read = async (kpi: string) => {
    const now = await context();
    const { found } = await readAlerts({ v: 1, refId: 'A', type: 'alerts', select: { kpis: [kpi] } }, now);
    return { now, its: found[0]! };
  };

  const append = async (kpi: Kpi, record: Exclude<HandlingRecord, { kind: 'watch' }>, what: string, caller: Caller) => {
    await store.append('note', { time: clock(), kpi: kpi.id, data: { ...record } });
    const reason = 'text' in record ? record.text : '';
    await audit({ action: ACTIONS[record.kind], kpi: kpi.id, what, reason }, caller);
  };

  const answer = async (kpi: string, caller: Caller) => {
    const { now, its } = await read(kpi);
    return notesAnswer(its, now, caller);
  };

  return {
    notes: answer,

    async acknowledge(id, { since, note = '' }, caller) {
      requireRole(caller, 'Editor', 'acknowledges alerts');
      const { now, its } = await read(id);
      const open = openOf(its);
      const { kpi } = its;
      if (!open || (since !== undefined && since !== open.alert.from)) {
        const seen = since === undefined ? '' : ` since ${formatPeriod(since, kpi.judge.at, now.calendar)}`;
        const message = `\`${kpi.id}\` has no open alert${seen}: look again, it is over or another one`;
        throw new KpiError('KPI_ALERT_OVER', message, { kpi: kpi.id, since: open?.alert.from ?? null });
      }
      const { alert, waitingSince } = open;
      const newest = alert.course.at(-1)!;
      if (waitingSince !== null) {
        const what = `${levelText(newest.level)} since ${formatPeriod(alert.from, kpi.judge.at, now.calendar)}`;
        const about = { since: alert.from, period: newest.start, level: newest.level };
        await append(kpi, { kind: 'acknowledgement', ...about, text: note.trim(), ...authorOf(caller) }, what, caller);
      }
      return answer(id, caller);
    },

    async note(id, { text, period }, caller) {
      requireRole(caller, 'Editor', 'writes notes');
      const { now, its } = await read(id);
      const { kpi } = its;
      const grain = kpi.judge.at;
      const asked = period === undefined ? null : periodAt(period, grain, now.calendar).start;
      const about = asked ?? openOf(its)?.alert.course.at(-1)!.start ?? null;
      const what = about === null ? 'about no period' : `about ${formatPeriod(about, grain, now.calendar)}`;
      await append(kpi, { kind: 'note', text: text.trim(), period: about, ...authorOf(caller) }, what, caller);
      return answer(id, caller);
    },

    async withdraw(id, revision, caller) {
      requireRole(caller, 'Editor', 'withdraws notes');
      const { its } = await read(id);
      const remark = its.remarks.find((one) => one.revision === revision);
      if (!remark) {
        throw new KpiError('KPI_REMARK_UNKNOWN', `\`${id}\` has no acknowledgement or note ${revision}`, { revision });
      }
      if (remark.by !== caller.user) {
        requireRole(caller, 'Admin', `withdraws what ${remark.by} wrote`);
      }
      if (!remark.withdrawn) {
        const what = `${remark.level === null ? 'note' : 'acknowledgement'} ${revision} of ${remark.by}`;
        await append(its.kpi, { kind: 'withdrawal', of: revision, ...authorOf(caller) }, what, caller);
      }
      return answer(id, caller);
    },

    async watch() {
      const { catalogue } = await context();
      const watches = (await store.entries('note')).filter(({ data }) => data.kind === 'watch');
      const watched = new Set(watches.map(({ kpi }) => kpi));
      for (const { id } of catalogue.kpis.filter((kpi) => !watched.has(kpi.id))) {
        await store.append('note', { time: clock(), kpi: id, data: { kind: 'watch', by: PROGRAM, role: 'Admin' } });
      }
    },
  };
}

const PROGRAM = 'KPI Monitor';
const HOUR = 3_600_000;

const ACTIONS: Record<Exclude<HandlingRecord['kind'], 'watch'>, string> = {
  acknowledgement: 'alert.acknowledge',
  note: 'alert.note',
  withdrawal: 'alert.withdraw',
};

function authorOf({ user, role }: Caller) {
  return { by: user, role };
}

function openOf({ alerts }: KpiAlerts): HandledAlert | null {
  return alerts.find(({ alert }) => alert.recoveredAt === null) ?? null;
}

function notesAnswer(its: KpiAlerts, now: Context, caller: Caller): NotesAnswer {
  const { kpi, remarks } = its;
  const mayWrite = hasRole(caller, 'Editor') && caller.scopes.includes('write');
  const open = openOf(its);
  return {
    kpi: kpi.id,
    name: kpi.name,
    you: { user: caller.user, mayWrite },
    alert: open && openAlert(open, now),
    remarks: remarks.map((remark) => remarkAnswer(remark, kpi, now, caller)).toReversed(),
  };
}

function openAlert(
  { kpi, alert, acknowledgement, waitingSince, escalatingSince }: HandledAlert,
  now: Context
): OpenAlert {
  const { calendar, range } = now;
  const grain = kpi.judge.at;
  const newest = alert.course.at(-1)!;
  const style = { unit: kpi.unit, decimals: kpi.decimals, locale: calendar.locale };
  const holds = waitingSince === null ? acknowledgement : null;
  return {
    since: alert.from,
    sinceText: formatPeriod(alert.from, grain, calendar),
    level: newest.level,
    levelText: levelText(newest.level),
    valueText: formatValue(newest.value, style),
    targetText: newest.target === null ? '' : formatValue(newest.target, style),
    raisedAt: alert.raisedAt,
    acknowledged: holds && { by: holds.by, at: holds.at, text: holds.text },
    waitedHours: waitOf(escalatingSince ?? waitingSince, grain, range.asOf, calendar).hours,
    allowedHours: newest.level >= ESCALATED_FROM ? allowedTime(grain, calendar) / HOUR : null,
  };
}

function remarkAnswer(remark: Remark, kpi: Kpi, { calendar }: Context, caller: Caller): RemarkAnswer {
  const { level, period, by, withdrawn } = remark;
  const mayWithdraw = hasRole(caller, by === caller.user ? 'Editor' : 'Admin') && caller.scopes.includes('write');
  return {
    revision: remark.revision,
    kind: level === null ? 'note' : 'acknowledgement',
    at: remark.at,
    by,
    role: remark.role,
    text: remark.text,
    period,
    periodText: period === null ? '' : formatPeriod(period, kpi.judge.at, calendar),
    levelText: level === null ? '' : levelText(level),
    withdrawn,
    mayWithdraw: mayWithdraw && !withdrawn,
  };
}

function levelText(level: 0 | 1 | 2 | 3): string {
  return STATUS_TEXT[LEVELS[level]];
}
