/** Events that other systems post: proved by their signature, mapped to records, and taken once. */
import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';

import type { Catalogue, Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { hookOf } from '@kpi-monitor/model/catalogue/hook';
import type { WebhookSource } from '@kpi-monitor/model/catalogue/source-schema';
import { asKpiError, KpiError } from '@kpi-monitor/model/errors';

import { expression, type JsonExpression } from '../sources/expression';
import { recordsOfMapped } from '../sources/mapped';
import type { RawRecord } from '../sources/source';

import type { Receipt, Receiver } from './receive';
import { type PushRecord, requireFewer } from './records';
import { createSeenEvents, type SeenEvents } from './seen-events';
import { type SignedEvent, verifySignature } from './signature';

export interface HookReceipt extends Receipt {
  /** it was taken before, and changes nothing now */
  repeated: boolean;
}

export interface Hooks {
  /**
   * Whether such an event is waited for at all, before its body is read.
   * @throws KpiError HOOK_UNKNOWN, HOOK_SIGNATURE
   */
  expect(hook: string, headers: IncomingHttpHeaders): void;
  /**
   * Resolves once what the event says is on the disk.
   * @throws KpiError HOOK_UNKNOWN, HOOK_SIGNATURE, HOOK_OLD, REQUEST_INVALID, QUERY_TOO_LARGE, JOURNAL_FULL, JOURNAL_DISK
   */
  take(hook: string, event: SignedEvent): Promise<HookReceipt>;
}

export interface HooksOptions {
  catalogue: () => Catalogue;
  receiver: Pick<Receiver, 'receive'>;
  /** puts secrets in for `${env:…}` and `${file:…}` */
  resolve: (text: string) => string;
  clock: () => number;
  /** for the events that were taken, `.kpi/hooks`; null remembers them in memory */
  folder: string | null;
}

type Hooked = Kpi & { source: WebhookSource };

const SHORTEST_SECRET = 16;
const maps = new WeakMap<WebhookSource, JsonExpression>();

export function createHooks({ catalogue, receiver, resolve, clock, folder }: HooksOptions): Hooks {
  const seen = new Map<string, SeenEvents>();

  const behind = (hook: string): Hooked[] => {
    const kpis = [...catalogue().byId.values()].filter((kpi): kpi is Hooked => hookOf(kpi) === hook);
    if (kpis.length === 0) {
      throw new KpiError('HOOK_UNKNOWN', `no KPI takes events at \`${hook.slice(0, 80)}\``);
    }
    return kpis;
  };
  const seenAt = (hook: string) => {
    const known = seen.get(hook) ?? createSeenEvents(folder === null ? null : join(folder, `${hook}.log`));
    seen.set(hook, known);
    return known;
  };

  return {
    expect(hook, headers) {
      for (const { source } of behind(hook)) {
        if (headers[source.signature.header.toLowerCase()] === undefined) {
          const message = `the event has no signature in the header ${source.signature.header}`;
          throw new KpiError('HOOK_SIGNATURE', message);
        }
      }
    },
    async take(hook, event) {
      const kpis = behind(hook);
      let fitting = '';
      for (const { source } of kpis) {
        fitting = verifySignature(source.signature, secretOf(source, resolve), event, clock());
      }
      const json = parse(event.body);
      const bindings = { headers: event.headers, received: new Date(clock()).toISOString() };
      const { id_header: idHeader, id } = kpis[0]!.source.signature;
      const named = idHeader
        ? event.headers[idHeader.toLowerCase()]
        : id &&
          (await expression(id, '`signature.id`')
            .on(json, bindings, 'an event')
            .catch(() => undefined));
      const isNamed = named !== undefined && named !== null && named !== '';
      // An id in a header is seldom signed: with another one, a recorded event would be new.
      const names = [fitting, ...(isNamed ? [`id ${JSON.stringify(named)}`] : [])];
      const events = seenAt(hook);
      if ((await Promise.all(names.map((name) => events.has(name)))).includes(true)) {
        return { accepted: 0, rejected: [], repeated: true };
      }
      const records: PushRecord[] = [];
      for (const kpi of kpis) {
        const own = await recordsOf(kpi, json, bindings);
        requireFewer(records.length + own.length, 'an event');
        records.push(...own.map((record) => ({ ...record, kpi: kpi.id })));
      }
      const nothing: Receipt = { accepted: 0, rejected: [] };
      const receipt = records.length > 0 ? await receiver.receive(records, `hook ${hook}`, 'webhook') : nothing;
      if (receipt.rejected.length === 0) {
        await Promise.all(names.map((name) => events.add(name)));
      }
      return { ...receipt, repeated: false };
    },
  };
}

/** @throws KpiError KPI_SOURCE */
export function hookMap(source: WebhookSource): JsonExpression {
  let map = maps.get(source);
  if (!map) {
    maps.set(source, (map = expression(source.map, 'mapping')));
  }
  return map;
}

/** An event that the mapping gives nothing of is about something else. */
async function recordsOf({ source }: Hooked, json: unknown, bindings: Record<string, unknown>): Promise<RawRecord[]> {
  try {
    const mapped = await hookMap(source).on(json, bindings, 'an event');
    return mapped === undefined || mapped === null ? [] : recordsOfMapped(mapped);
  } catch (error) {
    const broken = asKpiError(error).message;
    return [{ period: null, value: json, dims: {}, where: 'the event', broken }];
  }
}

function secretOf({ signature }: WebhookSource, resolve: (text: string) => string): string {
  const secret = resolve(signature.secret);
  if (secret.length < SHORTEST_SECRET) {
    const message = `the secret of a webhook has ${secret.length} characters; give it ${SHORTEST_SECRET} or more, at random`;
    throw new KpiError('CONFIG_SECRET', message);
  }
  return secret;
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    const message = 'the event is no JSON; let its sender post application/json';
    throw new KpiError('REQUEST_INVALID', message, undefined, { cause });
  }
}
