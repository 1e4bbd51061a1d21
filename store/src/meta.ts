/** Whether a store that was found belongs to this program and this company's calendar. */
import { KpiError } from '@kpi-monitor/model/errors';

import { SCHEMA_VERSION, type StoreMeta } from './store';

/** @throws KpiError STORE_SCHEMA_NEWER, STORE_ZONE */
export function checkMeta(found: StoreMeta, wanted: { zone: string }, store: string): void {
  if (found.schema > SCHEMA_VERSION) {
    throw new KpiError(
      'STORE_SCHEMA_NEWER',
      `${store} has schema ${found.schema}, written by ${found.createdBy}; this program knows schemas up to ${SCHEMA_VERSION}: install the newer version`,
      { schema: found.schema, known: SCHEMA_VERSION }
    );
  }
  if (found.zone !== wanted.zone) {
    throw new KpiError(
      'STORE_ZONE',
      `${store} holds civil dates of ${found.zone}, the configuration says ${wanted.zone}; set calendar.zone to ${found.zone}, or backfill into a new store`,
      { zone: found.zone, wanted: wanted.zone }
    );
  }
}

/** A revision conflict of a log: somebody else appended first. */
export function revisionConflict(log: string, kpi: string, expected: number, revision: number): KpiError {
  return new KpiError(
    'STORE_REFUSED',
    `${log}${kpi && ` of ${kpi}`} is at revision ${revision}, not ${expected}: somebody changed it first; read it again`,
    { revision, expected }
  );
}
