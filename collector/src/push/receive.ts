/** Takes what programs send: checked like everything else, on the disk before it is acknowledged. */
import type { Catalogue } from '@kpi-monitor/model/catalogue/catalogue';
import { asKpiError, type ErrorCode } from '@kpi-monitor/model/errors';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import type { Point } from '@kpi-monitor/store/store';

import type { DeadLetters } from '../dead-letters';
import type { Sink } from '../journal/sink';
import type { Log } from '../log';
import { type Ledger, NO_LEDGER } from '../quality/ledger';
import { EVERYTHING } from '../sources/source';
import { createValidator, type Refusal, type Validator } from '../validation/validate';

import type { PushRecord } from './records';

export interface ReceiverOptions {
  catalogue: () => Catalogue;
  calendar: Calendar;
  sink: Sink;
  deadLetters: DeadLetters;
  log: Log;
  clock: () => number;
  /** notes what is refused; default nowhere */
  ledger?: Ledger;
}

/** What became of a push: every record that is not listed is on the disk. */
export interface Receipt {
  accepted: number;
  rejected: Array<{ where: string; kpi: string; code: ErrorCode; message: string }>;
}

export interface PushCount {
  client: string;
  requests: number;
  accepted: number;
  rejected: number;
  rejectedByCode: Partial<Record<ErrorCode, number>>;
}

export interface Receiver {
  /**
   * Resolves once what fits is on the disk.
   * @param client who sends, for log and metrics
   * @param way how it came, default `push`: a KPI takes values the way that its source says
   * @throws KpiError JOURNAL_FULL, JOURNAL_DISK; then nothing of the push is kept
   */
  receive(records: readonly PushRecord[], client: string, way?: 'push' | 'webhook'): Promise<Receipt>;
  counts(): PushCount[];
}

export function createReceiver(options: ReceiverOptions): Receiver {
  const { calendar, sink, deadLetters, log, clock, ledger = NO_LEDGER } = options;
  const counts = new Map<string, PushCount>();

  return {
    async receive(records, client, way = 'push') {
      const catalogue = options.catalogue();
      const now = clock();
      const validators = new Map<string, Validator>();
      const points: Point[] = [];
      const refusals: Array<Refusal & { kpi: string }> = [];
      for (const record of records) {
        const checked = check(record);
        if ('point' in checked) {
          points.push(checked.point);
        } else {
          refusals.push({ ...checked, kpi: record.kpi });
        }
      }
      if (points.length > 0) {
        await sink.keep({ kind: 'points', at: now, points });
      }
      await listRefusals(refusals, now);
      // Who pushed waits for the disk alone.
      void noteRefusals(refusals, catalogue);
      const count = counts.get(client) ?? { client, requests: 0, accepted: 0, rejected: 0, rejectedByCode: {} };
      count.requests++;
      count.accepted += points.length;
      count.rejected += refusals.length;
      for (const { code } of refusals) {
        count.rejectedByCode[code] = (count.rejectedByCode[code] ?? 0) + 1;
      }
      counts.set(client, count);
      return {
        accepted: points.length,
        rejected: refusals.map(({ kpi, code, message, record: { where = '' } }) => ({ where, kpi, code, message })),
      };

      function check(record: PushRecord): { point: Point } | Refusal {
        if (record.broken) {
          return { code: 'RECORD_FORM', message: record.broken, record };
        }
        const kpi = catalogue.byId.get(record.kpi);
        if (!kpi) {
          return { code: 'KPI_UNKNOWN', message: `no KPI \`${record.kpi.slice(0, 80)}\` is in the catalogue`, record };
        }
        if (kpi.source?.kind !== way) {
          const from = kpi.formula ? 'is computed by its formula' : `is read by ${kpi.source?.kind ?? 'nobody'}`;
          const message = `\`${kpi.id}\` ${from}; a KPI that takes pushes says \`source: {kind: push}\``;
          return { code: 'RECORD_SOURCE', message, record };
        }
        let validator = validators.get(kpi.id);
        if (!validator) {
          validators.set(kpi.id, (validator = createValidator(kpi, { from: EVERYTHING, to: Infinity }, now, calendar)));
        }
        const checked = validator.check(record);
        if ('outside' in checked) {
          return { code: 'RECORD_PERIOD', message: 'its period lies before any that can be kept', record };
        }
        return 'refusal' in checked ? checked.refusal : checked;
      }
    },
    counts: () => [...counts.values()].map((count) => ({ ...count, rejectedByCode: { ...count.rejectedByCode } })),
  };

  async function noteRefusals(refusals: ReadonlyArray<Refusal & { kpi: string }>, catalogue: Catalogue) {
    for (const id of new Set(refusals.map(({ kpi }) => kpi))) {
      const kpi = catalogue.byId.get(id);
      if (kpi?.source?.kind === 'push') {
        const its = refusals.filter((refusal) => refusal.kpi === id);
        await ledger.pushed(kpi, its);
      }
    }
  }

  async function listRefusals(refusals: ReadonlyArray<Refusal & { kpi: string }>, now: number): Promise<void> {
    const at = new Date(now).toISOString();
    const letters = refusals.map(({ kpi, code, message, record: { where, broken: _broken, ...record } }) => ({
      ...{ at, kpi, code, message, record },
      ...(where && { where }),
    }));
    await deadLetters.add(letters).catch((error: unknown) => {
      log.error({ file: deadLetters.path, error: asKpiError(error).message }, 'refused records cannot be listed');
    });
  }
}
