import '@testing-library/jest-dom';

import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import { TestEngine } from '../fixtures/engine';
import { open, refusal, serve } from '../fixtures/grafana';

let engine: TestEngine;

beforeEach(() => {
  engine = new TestEngine();
  serve(engine.answer);
});

const names = () => screen.getAllByRole('rowheader').map((header) => within(header).getByRole('link').textContent);

it('lists KPIs by category with target, thresholds and owner, and leads to the page of each', async () => {
  open('kpis');
  const financial = await screen.findByRole('table', { name: 'Financial' });
  const revenue = within(financial).getByRole('row', { name: /^Revenue/ });
  expect(revenue).toHaveTextContent(/\$1,000,000.*90 % of target.*80 % of target.*70 % of target.*finance/);
  expect(within(revenue).getByRole('link')).toHaveAttribute('href', '/a/kpimonitor-kpi-app/kpis/revenue');
  const stock = screen.getByRole('row', { name: /^Stock level/ });
  expect(stock).toHaveTextContent(/40 % to 60 %|40 to 60/);
  expect(within(stock).getAllByRole('cell')[0]).toHaveTextContent(/–$/);
});

it('is what the app opens with', async () => {
  open('');
  expect(await screen.findByRole('table', { name: 'Financial' })).toBeVisible();
});

it('finds by all the words that are written', async () => {
  open('kpis');
  await screen.findByRole('table', { name: 'Financial' });
  const search = screen.getByPlaceholderText(/^Search/);
  await userEvent.type(search, 'cost market');
  expect(names()).toEqual(['Acquisition cost']);
  await userEvent.clear(search);
  await userEvent.type(search, 'nonsense');
  expect(screen.getByText('No KPI fits')).toBeVisible();
});

it('shows only those that were changed here, when that is asked for', async () => {
  open('kpis');
  await screen.findByRole('table', { name: 'Financial' });
  await userEvent.click(screen.getByRole('switch', { name: 'Changed here only' }));
  expect(screen.getByText('All KPIs are judged as the catalogue says.')).toBeVisible();
});

it('marks those that were changed here', async () => {
  engine.set('acquisition_cost', { target: 90 });
  open('kpis');
  expect(await screen.findByText('Changed here')).toBeVisible();
  await userEvent.click(screen.getByRole('switch', { name: 'Changed here only' }));
  expect(names()).toEqual(['Acquisition cost']);
});

it('says what could not be reached', async () => {
  engine.failure = refusal(503, 'STORE_UNREACHABLE', 'InfluxDB does not answer at http://influxdb:8086');
  open('kpis');
  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent('The KPIs could not be listed');
  expect(alert).toHaveTextContent('InfluxDB does not answer at http://influxdb:8086 STORE_UNREACHABLE');
  engine.failure = null;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('table', { name: 'Financial' })).toBeVisible();
});
