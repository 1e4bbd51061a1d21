import '@testing-library/jest-dom';

import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import { TestEngine } from '../fixtures/engine';
import { type Asked, open, serve } from '../fixtures/grafana';

let engine: TestEngine;
let asked: Asked[];
beforeEach(() => {
  engine = new TestEngine();
  asked = serve(engine.answer);
});

const section = () => screen.findByRole('region', { name: /What is wrong/ });

it('says what is wrong, how long somebody is waited for, and lets it be acknowledged with a note', async () => {
  open('kpis/revenue');
  const its = within(await section());
  expect(await its.findByText('Critical since October 2026: $740,000, target $1,000,000')).toBeVisible();
  expect(its.getByText('Nobody has acknowledged it: 12 of 40 working hours are over')).toBeVisible();
  await userEvent.type(its.getByRole('textbox', { name: 'Note' }), 'calling West');
  await userEvent.click(its.getByRole('button', { name: 'Acknowledge' }));
  expect(await its.findByText(/^Acknowledged by ada/)).toBeVisible();
  expect(its.getByText('calling West')).toBeVisible();
  expect(its.queryByRole('button', { name: 'Acknowledge' })).not.toBeInTheDocument();
  const sent = asked.find(({ path }) => path === 'kpis/revenue/acknowledge');
  expect(sent?.body).toEqual({ since: Date.UTC(2026, 9, 1), note: 'calling West' });
});

it('calls nobody for a warning', async () => {
  const { notes } = engine.handling;
  engine.handling.notes = { ...notes, alert: { ...notes.alert!, levelText: 'Warning', level: 1, allowedHours: null } };
  open('kpis/revenue');
  const its = within(await section());
  expect(await its.findByText('Nobody has acknowledged it. A warning is not escalated.')).toBeVisible();
});

it('offers nothing to write to who may not, and says when nothing is wrong', async () => {
  engine.handling.notes = { ...engine.handling.notes, alert: null, you: { user: 'eve', mayWrite: false } };
  open('kpis/revenue');
  const its = within(await section());
  expect(await its.findByText('Nothing is wrong: no alert is open.')).toBeVisible();
  expect(its.queryByRole('textbox')).not.toBeInTheDocument();
});
