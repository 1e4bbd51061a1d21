import '@testing-library/jest-dom';

import { createTheme, type DataFrame, LoadingState, ThemeContext } from '@grafana/data';
import { act, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';

import { CorrelationPanel } from './CorrelationPanel';
import { company } from './fixtures/company';
import { correlationFrames, pairsFrame } from './fixtures/frames';
import { panelProps } from './fixtures/panel-props';

// jsdom draws nothing; what is drawn is tested beside `paint.ts`.
jest.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);

type Given = Parameters<typeof panelProps>[1];

const whole = company();
const frames = correlationFrames(whole);

function element(series: DataFrame[], given?: Given, mode: 'dark' | 'light' = 'dark') {
  return (
    <ThemeContext.Provider value={createTheme({ colors: { mode } })}>
      <CorrelationPanel {...panelProps(series, given)} />
    </ThemeContext.Provider>
  );
}

const show = (series: DataFrame[] = frames, given?: Given) => render(element(series, given));
const narrow: Given = { width: 500 };
const openPair = () => screen.queryByRole('region');

/** Rules that need real layout are looked at in a browser instead. */
async function violations(container: Element) {
  const { violations: found } = await axe.run(container, {
    rules: { 'color-contrast': { enabled: false } },
    resultTypes: ['violations'],
  });
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}

describe('the head', () => {
  it('says how many pairs move together, what was compared, and with which caution', () => {
    show();
    expect(screen.getByText('24 of 120 pairs move with each other beyond chance')).toBeInTheDocument();
    const method = screen.getByText(/^Changes from period to period, daily, up to 14 days apart/);
    expect(method).toHaveTextContent('Two that move together need not cause each other');
  });

  it('says it plainly when nothing does', () => {
    show(correlationFrames(company({ share: 0 })));
    expect(screen.getByText('Nothing here moves together beyond chance')).toBeInTheDocument();
    expect(openPair()).toBeNull();
  });

  it('counts by itself where the answer does not say', () => {
    show([pairsFrame(whole.pairs)]);
    expect(screen.getByText('24 of 120 pairs move with each other beyond chance')).toBeInTheDocument();
  });
});

describe('the matrix', () => {
  it('names each KPI once, as a link to its detail', () => {
    show(frames, narrow);
    const names = screen.getAllByRole('link');
    expect(names.map((name) => name.title)).toEqual(whole.kpis.map(({ name }) => name));
    expect(names[0]).toHaveAttribute('href', '/d/kpi-detail?var-kpi=revenue&from=now-1y&to=now');
  });

  it('has no links where no dashboard is chosen', () => {
    show(frames, { ...narrow, options: { detailUid: '' } });
    expect(screen.queryByRole('link')).toBeNull();
    expect(screen.getByTitle('Revenue')).toBeInTheDocument();
  });

  it('is one stop of the Tab key, says its cell, moves by arrows and opens a pair by Enter', async () => {
    const user = userEvent.setup();
    show(frames, narrow);
    const grid = screen.getByRole('grid');
    act(() => grid.focus());
    const cell = () => document.getElementById(grid.getAttribute('aria-activedescendant')!)!;
    expect(cell()).toHaveAccessibleName('Revenue and Profit margin: r 0.90, computed from the same values');
    await user.keyboard('{ArrowDown}{ArrowRight}');
    expect(cell()).toHaveAccessibleName(/^Profit margin and Cash flow: r 0\.91, .*, lag 2 days$/);
    expect(screen.getByRole('tooltip')).toHaveTextContent('Cash flow follows 2 days later');
    await user.keyboard('{Control>}{End}{/Control}');
    expect(cell()).toHaveAccessibleName(/^Quality and Innovation index/);
    await user.keyboard('{Enter}');
    expect(
      screen.getByRole('region', { name: /^(Quality|Innovation index) and (Quality|Innovation index)$/ })
    ).toBeInTheDocument();
    expect(screen.queryByRole('tooltip')).toBeNull();
    expect(screen.getAllByRole('gridcell')).toHaveLength(1);
  });

  it('opens the pair that is clicked, and none in the empty half', () => {
    show(frames, narrow);
    const grid = screen.getByRole('grid');
    fireEvent.click(grid, { clientX: 400, clientY: 10 });
    expect(openPair()).toBeNull();
    const height = parseFloat(grid.style.height) / 16;
    fireEvent.click(grid, { clientX: 5, clientY: 1.5 * height });
    expect(screen.getByRole('region', { name: 'Revenue and Profit margin' })).toBeInTheDocument();
  });

  it('says what is pointed at', () => {
    show(frames, narrow);
    const grid = screen.getByRole('grid');
    fireEvent.mouseMove(grid, { clientX: 5, clientY: (1.5 * parseFloat(grid.style.height)) / 16 });
    expect(screen.getByRole('tooltip')).toHaveTextContent('Revenue · Profit margin');
    fireEvent.mouseLeave(grid);
    expect(screen.queryByRole('tooltip')).toBeNull();
  });

  it('says so of a pair that cannot be compared', () => {
    show([pairsFrame([{ ...whole.pairs[0]!, r: null, p: null, q: null, significant: false }])], narrow);
    expect(screen.getByRole('gridcell')).toHaveAccessibleName('Revenue and Profit margin: cannot be compared');
  });
});

describe('a pair', () => {
  const lagged = whole.pairs.find(({ a, b }) => a === 'satisfaction' && b === 'retention')!;
  const two = {
    ...whole,
    kpis: whole.kpis.slice(4, 6),
    values: whole.values.slice(4, 6),
    compared: whole.compared.slice(4, 6),
    pairs: [lagged],
  };

  it('is the strongest, beside the matrix, until another is chosen or it is closed', async () => {
    const user = userEvent.setup();
    show();
    expect(openPair()).toHaveTextContent('unlikely to be chance');
    await user.click(screen.getByRole('button', { name: 'Close this pair' }));
    expect(openPair()).toBeNull();
  });

  it('is not opened where it would take room from the matrix', () => {
    show(frames, narrow);
    expect(openPair()).toBeNull();
  });

  it('says its sentence, leads to both KPIs and says the shift', () => {
    show(correlationFrames(two));
    const pair = openPair()!;
    expect(pair).toHaveTextContent('Retention moves first: Satisfaction follows about 4 days later');
    expect(
      within(pair)
        .getAllByRole('link')
        .map((link) => link.textContent)
    ).toEqual(['Retention', 'Satisfaction']);
    expect(pair).toHaveTextContent('drawn 4 days later');
    expect(within(pair).getByRole('img', { name: 'Retention and Satisfaction over time' })).toBeInTheDocument();
    expect(within(pair).getByRole('img', { name: 'Scatter of 176 pairs of values' })).toBeInTheDocument();
    expect(pair).toHaveTextContent('↑ Satisfaction 4 days later, change');
    expect(pair).toHaveTextContent('Retention, change →');
  });

  it('has words for its figures, and the figures behind the words', async () => {
    const user = userEvent.setup();
    show(correlationFrames(two));
    await user.hover(within(openPair()!).getByText('Very strong, together'));
    const exact = lagged.r!.toFixed(4);
    expect(await screen.findByText(new RegExp(`^r = ${exact} at the best lag`))).toBeInTheDocument();
    expect(within(openPair()!).getByText('Very unlikely to be chance')).toHaveAttribute('tabindex', '0');
    expect(within(openPair()!).getByText('176 days')).toBeInTheDocument();
  });

  it('has no charts where only pairs were answered', () => {
    show([pairsFrame(whole.pairs)]);
    expect(openPair()).toHaveTextContent('unlikely to be chance');
    expect(within(openPair()!).queryByRole('img')).toBeNull();
  });
});

describe('the ranked list', () => {
  const given: Given = { options: { view: 'ranked', kpi: '$kpi' } };
  const follow = (id: string) => ({ ...given, replaceVariables: (text: string) => text.replace('$kpi', id) });
  const rows = () => screen.getAllByRole('button', { name: /chance/ }).filter((row) => row.ariaPressed !== undefined);

  it('is about the KPI of the dashboard variable, and follows it', () => {
    const { rerender } = show(frames, follow('satisfaction'));
    expect(screen.getByRole('button', { name: /^Retention/ })).toHaveTextContent('0.89');
    expect(screen.getByRole('button', { name: /^Retention/ })).toHaveTextContent('Moves 4 days before, together');
    rerender(element(frames, follow('quality')));
    expect(screen.queryByRole('button', { name: /^Retention/ })).toBeNull();
    expect(screen.getByRole('button', { name: /^Innovation index/ })).toBeInTheDocument();
  });

  it('has what may be chance below a fold', async () => {
    const user = userEvent.setup();
    show(frames, follow('satisfaction'));
    const before = rows().length;
    await user.click(screen.getByRole('button', { name: /12 that may be chance/ }));
    expect(rows().length).toBe(before + 12);
  });

  it('opens the pair of a row', async () => {
    const user = userEvent.setup();
    show(frames, { ...follow('satisfaction'), width: 500 });
    expect(openPair()).toBeNull();
    await user.click(screen.getByRole('button', { name: /^Retention/ }));
    expect(screen.getByRole('region', { name: 'Retention and Satisfaction' })).toBeInTheDocument();
    expect(screen.getByRole('button', { name: /^Retention/ })).toHaveAttribute('aria-pressed', 'true');
  });

  it('says that nothing moves with it', () => {
    show(correlationFrames(company({ share: 0 })), given);
    expect(screen.getByText('Nothing here moves with it beyond chance')).toBeInTheDocument();
  });

  it('is one turn away from the matrix', async () => {
    const user = userEvent.setup();
    show(frames, narrow);
    await user.click(screen.getByRole('radio', { name: 'Ranked' }));
    expect(screen.queryByRole('grid')).toBeNull();
    expect(screen.getByRole('combobox', { name: 'What moves with' })).toBeInTheDocument();
  });
});

describe('what the panel says when there is nothing to show', () => {
  const failed: Given = {
    data: {
      state: LoadingState.Error,
      errors: [{ message: 'STORE_UNREACHABLE: InfluxDB at http://influx:8086 does not answer' }],
    },
  };

  it('names what could not be reached', () => {
    show([], failed);
    expect(screen.getByRole('alert')).toHaveTextContent('InfluxDB at http://influx:8086 does not answer');
  });

  it('shows what there is beside what failed, and what is doubtful', () => {
    const [pairs, ...others] = correlationFrames(whole);
    const notices = [{ severity: 'warning' as const, text: 'the source crm is late' }];
    show([{ ...pairs!, meta: { ...pairs!.meta, notices } }, ...others], failed);
    expect(screen.getByRole('alert')).toHaveTextContent('Part of this could not be read');
    expect(screen.getByText('the source crm is late')).toBeInTheDocument();
    expect(screen.getByRole('grid')).toBeInTheDocument();
  });

  it('keeps the matrix while new values are read', () => {
    const { rerender } = show();
    rerender(element([], { data: { state: LoadingState.Loading } }));
    expect(screen.getByRole('grid')).toBeInTheDocument();
    rerender(element([], { data: { state: LoadingState.Done } }));
    expect(screen.getByText('No KPI answers this query')).toBeInTheDocument();
  });

  it('says that one KPI is too few', () => {
    const one = { ...whole, kpis: whole.kpis.slice(0, 1), pairs: [] };
    show(correlationFrames(one));
    expect(screen.getByText('Only one KPI: there is nothing to compare it with')).toBeInTheDocument();
    expect(screen.queryByRole('grid')).toBeNull();
  });

  it('says that values are invented', () => {
    show(correlationFrames(whole, { demo: true }));
    expect(screen.getByText('Demo data')).toBeInTheDocument();
  });
});

describe.each(['matrix', 'ranked'] as const)('the view %s', (view) => {
  it.each([1200, 400, 180])('is accessible at %i pixels', async (width) => {
    const { container } = show(correlationFrames(company({ count: 5, groups: 1 })), { options: { view }, width });
    expect(await violations(container)).toEqual([]);
  });
});
