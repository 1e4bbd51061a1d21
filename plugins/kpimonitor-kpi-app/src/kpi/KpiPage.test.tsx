import '@testing-library/jest-dom';

import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import { TestEngine } from '../fixtures/engine';
import { type Asked, open, refusal, serve } from '../fixtures/grafana';

let engine: TestEngine;
let asked: Asked[];

beforeEach(() => {
  engine = new TestEngine();
  asked = serve(engine.answer);
});

const field = (name: string | RegExp) => screen.getByRole('textbox', { name });
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const write = (name: string | RegExp, text: string) => fireEvent.change(field(name), { target: { value: text } });
const changes = () => asked.filter(({ method }) => method === 'PUT' || method === 'DELETE');
const form = () => screen.findByRole('form', { name: 'Change it' });

async function openRevenue() {
  open('kpis/revenue');
  await form();
}

describe('a KPI', () => {
  it('shows what holds, and how the last year was judged', async () => {
    await openRevenue();
    const holds = screen.getByRole('region', { name: 'What holds now' });
    expect(within(holds).getByRole('row', { name: /Target \$1,000,000/ })).toBeVisible();
    expect(within(holds).getByRole('row', { name: /Critical 80 % of target/ })).toBeVisible();
    expect(within(holds).getByText('As the catalogue says.')).toBeVisible();
    expect(await screen.findByRole('heading', { name: 'How the last year was judged' })).toBeVisible();
    expect(field('Critical')).toHaveValue('80');
    expect(screen.getByText('$800,000 at this target')).toBeVisible();
  });

  it('that there is not is said, with a way on', async () => {
    open('kpis/nonsense');
    expect(await screen.findByText('There is no KPI nonsense')).toBeVisible();
    expect(screen.getByRole('link', { name: 'See all KPIs' })).toHaveAttribute('href', '/a/kpimonitor-kpi-app/kpis');
  });

  it('says what could not be reached, and tries again', async () => {
    engine.failure = refusal(502, 'ENGINE_UNREACHABLE', 'no engine answers at http://kpi:8484');
    open('kpis/revenue');
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('What revenue is judged by could not be read');
    expect(alert).toHaveTextContent('no engine answers at http://kpi:8484 ENGINE_UNREACHABLE');
    engine.failure = null;
    await userEvent.click(button('Try again'));
    expect(await form()).toBeVisible();
  });

  it('says so when Grafana has no such data source', async () => {
    engine.failure = { status: 404, statusText: 'Not Found', data: { message: 'data source not found' }, config: {} };
    open('kpis/revenue');
    expect(await screen.findByRole('alert')).toHaveTextContent('no KPI Monitor data source with the uid kpi');
  });
});

describe('a change', () => {
  it('is previewed while it is written, and saved with its reason from the chosen day on', async () => {
    await openRevenue();
    expect(button('Save')).toBeDisabled();
    write('Critical', '85');
    expect(await screen.findByText(/^With these values there would have been 2 warnings/)).toBeVisible();
    const changed = await screen.findByRole('heading', { name: 'What would have stood otherwise' });
    expect(changed.parentElement).toHaveTextContent(/October 2026 \$760,000Critical→Emergency/);
    await userEvent.click(screen.getByRole('radio', { name: /October 2026/ }));
    write(/^Reason/, 'agreed with the board');
    await userEvent.click(button('Save'));
    expect(await screen.findByText('Saved. It holds from 1 October 2026 on.')).toBeVisible();
    expect(changes()).toMatchObject([
      {
        method: 'PUT',
        path: 'kpis/revenue/judgement',
        headers: { 'If-Match': '"0"' },
        body: {
          thresholds: { as: 'percent_of_target', warning: 90, critical: 85, emergency: 70 },
          from: '2026-10-01',
          reason: 'agreed with the board',
        },
      },
    ]);
    expect(changes()[0]!.body).not.toHaveProperty('target');
    const history = screen.getByRole('region', { name: 'What was changed here' });
    expect(history).toHaveTextContent(/anna.*agreed with the board.*Critical80 % of target → 85 % of target/);
    expect(history).toHaveTextContent('holds from 1 October 2026');
    const holds = screen.getByRole('region', { name: 'What holds now' });
    expect(within(holds).getByRole('row', { name: /Critical 85 % of target 80 % of target/ })).toBeVisible();
  });

  it('is not sent while it is wrong, and the mistake is said where it is', async () => {
    await openRevenue();
    write('Critical', '95');
    expect(await screen.findByText('Critical has to be lower than warning (90), since up is good')).toBeVisible();
    expect(field('Critical')).toBeInvalid();
    await userEvent.click(button('Save'));
    expect(changes()).toEqual([]);
    expect(screen.getByText('Goes on once the mistakes are put right.')).toBeVisible();
  });

  it('needs a reason', async () => {
    await openRevenue();
    write('Target', '1,100,000');
    await userEvent.click(button('Save'));
    expect(await screen.findByText(/^Say why in a few words/)).toBeVisible();
    expect(changes()).toEqual([]);
  });

  it('may hold from any day', async () => {
    await openRevenue();
    write('Target', '1,100,000');
    write(/^Reason/, 'new plan');
    await userEvent.click(screen.getByRole('radio', { name: /Another day/ }));
    fireEvent.change(screen.getByLabelText('Day from which it holds'), { target: { value: '2027-01-01' } });
    await userEvent.click(button('Save'));
    await screen.findByText('Saved. It holds from 1 January 2027 on.');
    expect(changes()[0]!.body).toEqual({ target: 1_100_000, from: '2027-01-01', reason: 'new plan' });
  });

  it('keeps what was written when the engine is away, and says so', async () => {
    await openRevenue();
    write('Critical', '85');
    write(/^Reason/, 'agreed');
    engine.failure = refusal(502, 'ENGINE_UNREACHABLE', 'no engine answers');
    await userEvent.click(button('Save'));
    const alert = await screen.findByText('It was not saved; what you wrote is still here');
    expect(alert).toBeVisible();
    expect(field('Critical')).toHaveValue('85');
    expect(field(/^Reason/)).toHaveValue('agreed');
    engine.failure = null;
    await userEvent.click(button('Save'));
    expect(await screen.findByText(/^Saved/)).toBeVisible();
  });

  it('says what the engine finds wrong at the field that it is about', async () => {
    await openRevenue();
    write('Target', '5');
    write(/^Reason/, 'agreed');
    const problems = [{ code: 'KPI_THRESHOLD_FORM', field: 'target', message: 'a target of 5 is out of bounds' }];
    engine.failure = refusal(400, 'KPI_THRESHOLD_FORM', 'refused', { problems });
    await userEvent.click(button('Save'));
    expect(await screen.findByText('a target of 5 is out of bounds')).toBeVisible();
  });

  it('is given up', async () => {
    await openRevenue();
    write('Critical', '85');
    await userEvent.click(button('Discard'));
    expect(field('Critical')).toHaveValue('80');
    expect(button('Save')).toBeDisabled();
  });

  it('of a KPI that is good within a range has both ends', async () => {
    open('kpis/stock_level');
    await form();
    expect(field('Warning, or below')).toHaveValue('40');
    write('Critical, or above', '60');
    expect(await screen.findByText(/Critical has to be wider than warning \(40 – 60\)/)).toBeVisible();
    write('Critical, or above', '75');
    write(/^Reason/, 'bigger shelves');
    await userEvent.click(button('Save'));
    await screen.findByText(/^Saved/);
    expect(changes()[0]!.body).toMatchObject({ thresholds: { warning: [40, 60], critical: [30, 75] } });
  });
});

describe('of two who change the same KPI', () => {
  it('the second is told who changed what, keeps the own input, and undoes nothing', async () => {
    await openRevenue();
    write('Critical', '85');
    write(/^Reason/, 'agreed');
    engine.set('revenue', { target: 1_200_000 }, '2026-11-01', 'new plan', 'boris');
    await userEvent.click(button('Save'));
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('boris changed this while you were writing');
    expect(alert).toHaveTextContent('Target$1,000,000 → $1,200,000');
    expect(alert).toHaveTextContent('new plan');
    expect(field('Critical')).toHaveValue('85');
    expect(field('Target')).toHaveValue('1,200,000');
    expect(field(/^Reason/)).toHaveValue('agreed');
    await userEvent.click(button('Save upon that'));
    await screen.findByText(/^Saved/);
    expect(changes().at(-1)).toMatchObject({ headers: { 'If-Match': '"1"' } });
    expect(changes().at(-1)!.body).not.toHaveProperty('target');
    expect(engine.edits.revenue).toHaveLength(2);
  });

  it('learns that both wanted the same', async () => {
    await openRevenue();
    write('Target', '1,200,000');
    write(/^Reason/, 'agreed');
    engine.set('revenue', { target: 1_200_000 }, '2026-11-01', 'new plan', 'boris');
    await userEvent.click(button('Save'));
    expect(await screen.findByRole('alert')).toHaveTextContent('What you wrote is what holds now.');
  });
});

describe('by role', () => {
  it('a Viewer sees all, and is told why nothing can be written', async () => {
    engine.set('revenue', { target: 1_200_000 });
    engine.role = 'Viewer';
    await openRevenue();
    expect(screen.getByText(/You see this as Viewer/)).toBeVisible();
    expect(field('Critical')).toHaveAttribute('readonly');
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
    expect(screen.getByRole('region', { name: 'What was changed here' })).toHaveTextContent('agreed');
    expect(await screen.findByRole('heading', { name: 'How the last year was judged' })).toBeVisible();
  });

  it('an Editor whose role was taken away meanwhile is told by the engine', async () => {
    engine.role = 'Editor';
    await openRevenue();
    write('Critical', '85');
    write(/^Reason/, 'agreed');
    engine.failure = refusal(403, 'ACCESS_ROLE', 'anna has the role Viewer, and this needs Editor');
    await userEvent.click(button('Save'));
    expect(await within(await form()).findByText(/anna has the role Viewer/)).toBeVisible();
  });
});

describe('the chart', () => {
  it('is read period by period with the arrow keys', async () => {
    jest.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(600);
    await openRevenue();
    write('Critical', '85');
    await screen.findByText(/^With these values there/);
    const chart = await screen.findByRole('img', { name: /^Revenue from July 2026 to October 2026/ });
    await act(() => chart.focus());
    fireEvent.keyDown(chart, { key: 'ArrowLeft' });
    await waitFor(() =>
      expect(chart).toHaveAccessibleDescription(/October 2026: \$760,000\. Was Critical, would have been Emergency/)
    );
    fireEvent.keyDown(chart, { key: 'Home' });
    expect(chart).toHaveAccessibleDescription(/July 2026: \$1,000,000\. Was Normal, would have been Warning/);
    jest.restoreAllMocks();
  });
});
