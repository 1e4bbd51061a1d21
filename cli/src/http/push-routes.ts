/**
 * Where programs send values: `POST /api/push` takes JSON, `/write` and `/api/v2/write` line protocol as InfluxDB does,
 * for Telegraf and its clients. Both answer once what fits is on the disk.
 */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

import type { Receiver, Receipt } from '@kpi-monitor/collector/push/receive';
import { type PushRecord, recordsOfJson, recordsOfLines } from '@kpi-monitor/collector/push/records';
import { identify, LOCAL, requirePushOf, requireScope, type Tokens } from '@kpi-monitor/engine/http/access';
import { answerErrors } from '@kpi-monitor/engine/http/errors';
import { KpiError } from '@kpi-monitor/model/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { limitRate } from './rate-limit';

export interface PushOptions {
  receiver: Receiver;
  /** null asks for none: whoever mounts this sees to who gets here */
  tokens: Tokens | null;
  /** requests a minute of each client; no limit when absent */
  perMinute?: number;
  /** whether line protocol is taken, too */
  lines?: boolean;
}

/** Of a body, as it arrives and unpacked. */
export const MOST_BYTES = 8 * 1024 * 1024;
/** Rejections that an answer lists; all of them are in the dead letters. */
const LISTED = 100;
/** Seconds. */
const TRY_AGAIN = 30;

export async function pushRoutes(app: FastifyInstance, options: PushOptions): Promise<void> {
  const { receiver, tokens, lines = true, perMinute } = options;
  answerErrors(app);
  const caller = (request: FastifyRequest) => {
    const found = tokens ? identify(request.headers, tokens()) : LOCAL;
    requireScope(found, 'push');
    return found;
  };
  // Asked before the body is read: a stranger's is not worth the memory.
  app.addHook('onRequest', async (request) => void caller(request));
  await limitRate(app, {
    perMinute,
    sender: (request) => caller(request).client,
    remedy: 'send more records at once',
  });
  const receive = (request: FastifyRequest, records: readonly PushRecord[]) => {
    const sender = caller(request);
    records.forEach(({ kpi }) => requirePushOf(sender, kpi));
    return receiver.receive(records, sender.client);
  };
  app.addHook('onError', async (_request, reply, error) => {
    if ('code' in error && String(error.code).startsWith('JOURNAL_')) {
      void reply.header('retry-after', TRY_AGAIN);
    }
  });

  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, done) =>
    done(null, body)
  );
  app.addContentTypeParser('*', (request, _body, done) => {
    const given = String(request.headers['content-type'] ?? '(none)').slice(0, 80);
    done(new KpiError('REQUEST_INVALID', `the body is ${given}; send JSON, with \`content-type: application/json\``));
  });

  app.post('/api/push', { bodyLimit: MOST_BYTES }, async (request, reply) => {
    const receipt = await receive(request, recordsOfJson(jsonOf(await unpacked(request))));
    void reply.status(receipt.rejected.length === 0 ? 200 : receipt.accepted > 0 ? 207 : 422);
    return { ...receipt, rejected: receipt.rejected.slice(0, LISTED), rejectedCount: receipt.rejected.length };
  });

  if (lines) {
    await app.register(async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, done) =>
        done(null, body)
      );
      const write = async (request: FastifyRequest, reply: FastifyReply) => {
        const { precision = 'ns' } = request.query as { precision?: string };
        const body = await unpacked(request);
        const receipt = await receive(request, recordsOfLines(body, precision, Date.now()));
        return receipt.rejected.length === 0 ? reply.status(204).send() : reply.status(400).send(refused(receipt));
      };
      scope.post('/write', { bodyLimit: MOST_BYTES }, write);
      scope.post('/api/v2/write', { bodyLimit: MOST_BYTES }, write);
    });
  }
}

/** @throws KpiError REQUEST_INVALID */
async function unpacked(request: FastifyRequest): Promise<string> {
  const body = (request.body ?? Buffer.alloc(0)) as Buffer;
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity' || encoding === '') {
    return body.toString('utf8');
  }
  if (encoding !== 'gzip' && encoding !== 'x-gzip') {
    throw new KpiError(
      'REQUEST_INVALID',
      `the body is packed by \`${encoding.slice(0, 40)}\`; send it by gzip, or as it is`
    );
  }
  try {
    return (await promisify(gunzip)(body, { maxOutputLength: MOST_BYTES })).toString('utf8');
  } catch (cause) {
    const message = `the body is no gzip, or longer than ${MOST_BYTES} bytes when unpacked; send less at once`;
    throw new KpiError('REQUEST_INVALID', message, undefined, { cause });
  }
}

/** @throws KpiError REQUEST_INVALID */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `the body is no JSON: ${(cause as Error).message.slice(0, 200)}`;
    throw new KpiError('REQUEST_INVALID', message, undefined, { cause });
  }
}

/** InfluxDB's form of saying so, which its clients log. */
function refused({ accepted, rejected }: Receipt): { code: string; message: string; error: string } {
  const [{ where, code, message }] = rejected as [Receipt['rejected'][number]];
  const text = `partial write: ${code} ${where}: ${message}; accepted=${accepted} dropped=${rejected.length}`;
  return { code: 'invalid', message: text, error: text };
}
