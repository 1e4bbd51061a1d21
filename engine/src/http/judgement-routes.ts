/** Thresholds and targets over HTTP: seen by Viewers, edited by Editors, given back to the catalogue by Admins. */
import { KpiError } from '@kpi-monitor/model/errors';
import type { JudgementAnswer, PreviewAnswer, Role } from '@kpi-monitor/model/query/judgement-answer';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';

import type { Engine } from '../engine';

import type { Scope } from './access';
import { errorBody } from './answer-schema';
import {
  auditAnswer,
  auditQuery,
  ifMatch,
  judgementAnswer,
  judgementChange,
  judgementList,
  judgementPut,
  judgementReset,
  kpiParams,
  pageQuery,
  previewAnswer,
} from './judgement-schema';

interface Mount {
  engine: Pick<Engine, 'judgement' | 'audit'>;
  /** a hook that lets only those in who may */
  needs: (scope: Scope, role?: Role, what?: string) => (request: FastifyRequest) => Promise<void>;
  /** aborted when the reader goes away */
  cancelledWith: (reply: FastifyReply) => AbortSignal;
}

const REFUSALS = { 400: errorBody, 401: errorBody, 403: errorBody, 404: errorBody, 503: errorBody };
const CHANGES = { ...REFUSALS, 409: errorBody, 428: errorBody };

export function judgementRoutes(app: FastifyInstance, { engine, needs, cancelledWith }: Mount): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  const { judgement, audit } = engine;
  const answered = async (reply: FastifyReply, work: Promise<JudgementAnswer>) => {
    const answer = await work;
    // A browser that kept it would show an edit of yesterday.
    void reply.header('etag', `"${answer.revision}"`).header('cache-control', 'no-store');
    return answer;
  };

  api.get('/api/judgements', {
    onRequest: needs('read'),
    schema: { summary: 'What every KPI is judged by now', response: { 200: judgementList, ...REFUSALS } },
    handler: () => judgement.list(),
  });

  api.get('/api/kpis/:id/judgement', {
    onRequest: needs('read'),
    schema: {
      summary: 'Thresholds and target of a KPI, and their edits',
      params: kpiParams,
      querystring: pageQuery,
      response: { 200: judgementAnswer, ...REFUSALS },
    },
    handler: ({ params, query, caller }, reply) => answered(reply, judgement.show(params.id, caller, query)),
  });

  api.post('/api/kpis/:id/judgement/preview', {
    onRequest: needs('read'),
    schema: {
      summary: 'Had these values held for the last year',
      params: kpiParams,
      body: judgementChange,
      response: { 200: previewAnswer, ...REFUSALS },
    },
    handler: ({ params, body }, reply) =>
      judgement.preview(params.id, body, cancelledWith(reply)) as Promise<PreviewAnswer>,
  });

  api.put('/api/kpis/:id/judgement', {
    onRequest: needs('write', 'Editor', 'edits thresholds and targets'),
    schema: {
      summary: 'Changes thresholds, target or both, from a day on',
      params: kpiParams,
      headers: ifMatch,
      body: judgementPut,
      response: { 200: judgementAnswer, ...CHANGES },
    },
    handler: ({ params, body, headers, caller }, reply) =>
      answered(reply, judgement.set(params.id, body, caller, revisionOf(headers['if-match']))),
  });

  api.delete('/api/kpis/:id/judgement', {
    onRequest: needs('write', 'Admin', 'gives them back to the catalogue'),
    schema: {
      summary: 'Gives thresholds and target back to the catalogue, from a day on',
      params: kpiParams,
      headers: ifMatch,
      body: judgementReset,
      response: { 200: judgementAnswer, ...CHANGES },
    },
    handler: ({ params, body, headers, caller }, reply) =>
      answered(reply, judgement.reset(params.id, body, caller, revisionOf(headers['if-match']))),
  });

  api.get('/api/audit', {
    onRequest: needs('read'),
    schema: {
      summary: 'Who changed what, newest first',
      querystring: auditQuery,
      response: { 200: auditAnswer, ...REFUSALS },
    },
    handler: ({ query }) => audit.read(query),
  });
}

/** @throws KpiError KPI_EDIT_REVISION for a header that names no revision; `*` would change what nobody has seen */
function revisionOf(header: string | undefined): number {
  const [, revision] = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header?.trim() ?? '') ?? [];
  if (revision === undefined) {
    const message = 'the change does not say which revision it was made from; send `If-Match: "<revision>"`';
    throw new KpiError('KPI_EDIT_REVISION', message);
  }
  return Number(revision);
}
