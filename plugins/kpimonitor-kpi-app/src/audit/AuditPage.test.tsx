import '@testing-library/jest-dom';

import type { AuditEntry } from '@kpi-monitor/model/query/judgement-answer';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import { TestEngine } from '../fixtures/engine';
import { type Asked, open, refusal, serve } from '../fixtures/grafana';

let engine: TestEngine;
let asked: Asked[];

const entry = (index: number, more: Partial<AuditEntry> = {}): AuditEntry => ({
  time: Date.UTC(2026, 10, 25, 14, index),
  user: 'anna',
  client: 'grafana',
  role: 'Editor',
  action: 'judgement.set',
  kpi: 'revenue',
  what: `from 2026-11-01: critical 80 → ${81 + index} % of target`,
  reason: 'agreed',
  hash: `hash${index}`,
  ...more,
});

beforeEach(() => {
  engine = new TestEngine();
  asked = serve(engine.answer);
});

const queries = () => asked.filter(({ path }) => path === 'audit').map(({ params }) => params);

it('tells who changed what, when and why, and that the record is whole', async () => {
  engine.audit = {
    entries: [entry(0), entry(1, { kpi: '', action: 'token.made', what: 'made' })],
    total: 2,
    intact: true,
  };
  open('audit');
  expect(await screen.findByText(/^The trail is whole/)).toBeVisible();
  const [, first, second] = screen.getAllByRole('row');
  expect(first).toHaveTextContent(/anna.*Editor, through grafana.*Revenue.*critical 80 → 81 % of target.*agreed/);
  expect(screen.getByRole('link', { name: 'Revenue' })).toHaveAttribute('href', '/a/kpimonitor-kpi-app/kpis/revenue');
  expect(second).toHaveTextContent('token.made');
});

it('is loud when a record was altered', async () => {
  engine.audit = { entries: [entry(0)], total: 1, intact: false };
  open('audit');
  expect(await screen.findByRole('alert')).toHaveTextContent('The trail is not whole');
});

it('is narrowed to a KPI by the address, and to a user by what is written', async () => {
  open('audit?kpi=revenue');
  expect(await screen.findByText('Nothing was recorded that fits')).toBeVisible();
  expect(queries()).toMatchObject([{ kpi: 'revenue' }]);
  fireEvent.change(screen.getByRole('textbox', { name: 'User' }), { target: { value: 'boris' } });
  await waitFor(() => expect(queries()).toHaveLength(2));
  expect(queries()[1]).toMatchObject({ kpi: 'revenue', user: 'boris' });
});

it('goes on to older records', async () => {
  engine.audit = { entries: [entry(1)], total: 2, intact: true };
  open('audit');
  const more = await screen.findByRole('button', { name: 'Show older ones (1)' });
  engine.audit = { entries: [entry(0)], total: 2, intact: true };
  await userEvent.click(more);
  await waitFor(() => expect(screen.getAllByRole('row')).toHaveLength(3));
  expect(queries().at(-1)).toMatchObject({ before: 'hash1' });
  expect(screen.queryByRole('button', { name: /older/ })).toBeNull();
});

it('says when nothing was changed yet, and when it cannot be read', async () => {
  open('audit');
  expect(await screen.findByText('Nothing was changed yet')).toBeVisible();
});

it('says what could not be reached', async () => {
  engine.failure = refusal(502, 'ENGINE_UNREACHABLE', 'no engine answers at http://kpi:8484');
  open('audit');
  expect(await screen.findByRole('alert')).toHaveTextContent('no engine answers at http://kpi:8484');
});
