import '@testing-library/jest-dom';

import type { BacktestRun, RulesToTest } from '@kpi-monitor/model/query/backtest-answer';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import { DONE, FOUND, RUNNING } from '../fixtures/backtest';
import { CATALOGUE } from '../fixtures/engine';
import { type Asked, open, refusal, serve } from '../fixtures/grafana';

const rule = { uid: 'kpi-status-critical', title: 'KPI critical', severity: 'critical', isPaused: false };
let rules: RulesToTest['rules'];
let begin: () => BacktestRun;
let look: () => BacktestRun;
let asked: Asked[];

beforeEach(() => {
  rules = [rule];
  begin = () => DONE;
  look = () => DONE;
  asked = serve(({ method, path }) => {
    switch (path) {
      case 'catalogue':
        return CATALOGUE;
      case 'alerts/rules':
        return { rules };
      case 'alerts/backtest':
        return begin();
      default:
        return method === 'DELETE' ? { ...RUNNING, state: 'stopped' } : look();
    }
  });
});

const run = async () => userEvent.click(await screen.findByRole('button', { name: 'Run' }));
const posted = () => asked.filter(({ method }) => method === 'POST').map(({ body }) => body);

it('runs a provisioned rule over the last year and says what it found', async () => {
  open('backtest');
  await run();
  expect(
    await screen.findByText(
      'It would have fired 4 times for 2 KPIs, 3 of them over within an hour or a period: about 0.15 messages a week.'
    )
  ).toBeVisible();
  expect(posted()).toEqual([{ uid: 'kpi-status-critical', from: 'now-1y', to: 'now' }]);
  const [, west, east, stock] = within(screen.getByRole('table')).getAllByRole('row');
  // Sliced by region: each says whose it is, and a KPI with one slice needs no word.
  expect(west).toHaveTextContent(/^RevenueWest23 days2 days1$/);
  expect(east).toHaveTextContent(/^RevenueEast/);
  expect(stock).toHaveTextContent(/^Stock level1/);
  expect(within(west!).getByRole('img')).toHaveAccessibleName(/^Fired 5 Dec 2025 \(1 day\), 23 Feb 2026 \(2 days\)$/);
  expect(screen.getByText('Run on final data, which is optimistic.')).toBeVisible();
});

it('runs what is pasted, over what is chosen', async () => {
  open('backtest');
  await userEvent.click(await screen.findByRole('radio', { name: 'A pasted rule' }));
  expect(screen.getByRole('button', { name: 'Run' })).toBeDisabled();
  fireEvent.change(screen.getByRole('textbox', { name: /^Rule/ }), { target: { value: 'uid: mine' } });
  await userEvent.click(screen.getByRole('radio', { name: '3 months' }));
  await run();
  expect(await screen.findByRole('table')).toBeVisible();
  expect(posted()).toEqual([{ rule: 'uid: mine', from: 'now-3M', to: 'now' }]);
});

it('tells how far it is until it is through', async () => {
  begin = () => RUNNING;
  look = () => RUNNING;
  open('backtest');
  await run();
  expect(await screen.findByText('Running: 40 of 412 evaluations')).toBeVisible();
  look = () => ({ ...RUNNING, done: 41 });
  expect(await screen.findByText('Running: 41 of 412 evaluations')).toBeVisible();
  look = () => DONE;
  expect(await screen.findByRole('table')).toBeVisible();
  expect(screen.queryByText(/^Running/)).toBeNull();
});

it('is stopped, in the engine, too', async () => {
  begin = () => RUNNING;
  look = () => RUNNING;
  open('backtest');
  await run();
  await screen.findByText(/40 of 412/);
  await userEvent.click(screen.getByRole('button', { name: 'Stop' }));
  expect(await screen.findByText('It was stopped before it was through.')).toBeVisible();
  expect(asked.at(-1)).toMatchObject({ method: 'DELETE', path: 'alerts/backtest/one' });
});

it('stops when its reader goes elsewhere', async () => {
  begin = () => RUNNING;
  look = () => RUNNING;
  const { unmount } = open('backtest');
  await run();
  await screen.findByText(/40 of 412/);
  unmount();
  await waitFor(() => expect(asked.at(-1)).toMatchObject({ method: 'DELETE', path: 'alerts/backtest/one' }));
});

it('says what is wrong with a rule, and where', async () => {
  begin = () => {
    throw refusal(400, 'ALERT_RULE_FORM', 'line 7: `condition` is B, and no step has this refId');
  };
  open('backtest');
  await run();
  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent('The rule could not be run');
  expect(alert).toHaveTextContent('line 7: `condition` is B, and no step has this refId ALERT_RULE_FORM');
});

it('says why one failed on its way', async () => {
  begin = () => ({ ...RUNNING, state: 'failed', error: { code: 'STORE_UNREACHABLE', message: 'no store at :8086' } });
  open('backtest');
  await run();
  expect(await screen.findByRole('alert')).toHaveTextContent('no store at :8086 STORE_UNREACHABLE');
});

it('says when it would never have fired', async () => {
  const total = { ...FOUND.total, firings: 0, messages: 0, perWeek: 0 };
  begin = () => ({ ...DONE, answer: { ...FOUND, instances: [], total } });
  open('backtest');
  await run();
  expect(await screen.findByText('It would not have fired for any of the 12 that it looked at.')).toBeVisible();
  expect(screen.queryByRole('table')).toBeNull();
});

it('asks for a rule where none is provisioned', async () => {
  rules = [];
  open('backtest');
  expect(await screen.findByRole('textbox', { name: /^Rule/ })).toBeVisible();
});

it('tells how much earlier a forecast would have warned, where that is known', async () => {
  const lead = { kpi: 'revenue', name: 'Revenue', period: 0, periodText: 'January 2026', statusAt: 0 };
  const rows = [{ ...lead, forecastAt: 0, leadMs: 1, leadText: '12 days earlier' }];
  begin = () => ({ ...DONE, answer: { ...FOUND, leads: { rows, foreseen: 1, of: 1, medianMs: 1, text: '' } } });
  open('backtest');
  await run();
  expect((await screen.findAllByText('January 2026: 12 days earlier'))[0]).toBeVisible();
});
