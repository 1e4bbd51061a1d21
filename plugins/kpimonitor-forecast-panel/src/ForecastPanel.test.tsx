import '@testing-library/jest-dom';

import { createTheme, type DataFrame, type LinkModel, LoadingState, ThemeContext } from '@grafana/data';
import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';

import { fakeCanvas, fakeSight } from './fixtures/canvas';
import { companyFrames, forecastFrame, waitingFrame } from './fixtures/frames';
import { panelProps } from './fixtures/panel-props';
import { ForecastPanel } from './ForecastPanel';

// Icons are fetched, and would be drawn after a test has ended.
jest.mock('react-inlinesvg', () => ({ __esModule: true, default: () => null }));

fakeCanvas();
const sight = fakeSight();

type Given = Parameters<typeof panelProps>[1];

const THEMES = { dark: createTheme({ colors: { mode: 'dark' } }), light: createTheme({ colors: { mode: 'light' } }) };

function element(series: DataFrame[], given?: Given, mode: keyof typeof THEMES = 'dark') {
  return (
    <ThemeContext.Provider value={THEMES[mode]}>
      <ForecastPanel {...panelProps(series, given)} />
    </ThemeContext.Provider>
  );
}

const show = (series: DataFrame[] = [forecastFrame()], given?: Given) => render(element(series, given));
const charts = () => screen.queryAllByRole('img');
const names = () => screen.getAllByRole('heading').map((heading) => heading.title);

/** Rules that need real layout are looked at in a browser instead. */
async function violations(container: Element) {
  const { violations: found } = await axe.run(container, {
    rules: { 'color-contrast': { enabled: false } },
    resultTypes: ['violations'],
  });
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}

describe('one KPI', () => {
  it('has its finding, where it lands, and a chart that says both to those who hear it', () => {
    show();
    const finding = screen.getByText("82 % likely to miss November's target by about $41,000");
    expect(finding.closest('[data-tone]')).toHaveAttribute('data-tone', 'bad');
    expect(screen.getByText('$1,060,000').parentElement).toHaveTextContent(
      'November 2026: $1,060,000 · 90 % likely $1,010,800 to $1,109,200 · target $1,100,000'
    );
    expect(charts()).toHaveLength(1);
    expect(charts()[0]).toHaveAccessibleName(/^Revenue October 2026.*May 2027: \$964,000 expected/);
  });

  it('can be reached by the keyboard: its name, how it was made, its chart', async () => {
    const user = userEvent.setup();
    show();
    await user.tab();
    expect(screen.getByRole('link', { name: 'Revenue' })).toHaveFocus();
    await user.tab();
    expect(screen.getByRole('button', { name: 'How the forecast of Revenue was made' })).toHaveFocus();
    await user.tab();
    expect(charts()[0]).toHaveFocus();
  });

  it('says how it was made when somebody asks', async () => {
    const user = userEvent.setup();
    show();
    expect(screen.queryByText(/held 89 %/)).toBeNull();
    await user.click(screen.getByRole('button', { name: /How the forecast/ }));
    expect(screen.getByText('held 89 % of the values')).toBeInTheDocument();
    expect(screen.getByText(/ETS 42.%, ARIMA 31.%, Theta 27.%/)).toBeInTheDocument();
    await user.keyboard('{Escape}');
    expect(screen.queryByText(/held 89 %/)).toBeNull();
  });

  it('never says it by colour alone', () => {
    const mark = (sense: 'good' | 'bad' | 'neutral') => {
      const { container, unmount } = show([forecastFrame({ facts: { sense } })]);
      const drawn = container.querySelector('[data-tone] path')?.getAttribute('d');
      unmount();
      return drawn;
    };
    expect(mark('good')).not.toBe(mark('bad'));
    expect(mark('neutral')).toBeUndefined();
  });

  it('leads to its detail by the link of its data, else to the dashboard of details', () => {
    const frame = forecastFrame();
    const value = frame.fields.find(({ name }) => name === 'value')!;
    value.config = { ...value.config, links: [{ title: 'Detail', url: '/d/x' }] };
    value.getLinks = () => [{ href: '/d/mine' } as LinkModel];
    const { rerender } = show([frame]);
    expect(screen.getByRole('link')).toHaveAttribute('href', '/d/mine');
    rerender(element([forecastFrame()]));
    expect(screen.getByRole('link')).toHaveAttribute('href', '/d/kpi-detail?var-kpi=revenue&from=now-3y&to=now');
    rerender(element([forecastFrame()], { options: { detailUid: '' } }));
    expect(screen.queryByRole('link')).toBeNull();
  });

  it('explains only what is drawn', () => {
    const { rerender } = show();
    const entries = () => within(screen.getByRole('list', { name: 'Key' })).getAllByRole('listitem');
    const texts = () => entries().map((entry) => entry.textContent);
    expect(texts()).toEqual(['actual', 'expected', '50 % likely', '90 % likely', 'target', 'unusual', 'new level']);
    rerender(element([forecastFrame({ aim: null })], { options: { bands: '90', showMarks: false } }));
    expect(texts()).toEqual(['actual', 'expected', '90 % likely']);
    rerender(element([forecastFrame()], { height: 200 }));
    expect(screen.queryByRole('list', { name: 'Key' })).toBeNull();
  });

  it('has no numbers where there is no room for them, but still a finding and a chart', () => {
    show([forecastFrame()], { height: 120 });
    expect(screen.queryByText('$1,060,000')).toBeNull();
    expect(screen.getByText(/likely to miss/)).toBeInTheDocument();
    expect(charts()).toHaveLength(1);
  });
});

describe('many KPIs', () => {
  it('stand in the order in which they come', () => {
    show(companyFrames(16));
    expect(names().slice(0, 3)).toEqual(['Revenue', 'Profit margin', 'Cash flow']);
    expect(names()).toHaveLength(16);
  });

  it('are drawn when they come into sight, and told all the time', () => {
    const { container } = show(companyFrames(100), { width: 1200, height: 800 });
    const before = charts().length;
    expect(before).toBeGreaterThan(8);
    expect(before).toBeLessThan(40);
    expect(screen.getAllByText(/likely to (miss|meet)/)).toHaveLength(100);
    const last = container.querySelectorAll('li')[99]!;
    expect(within(last).queryByRole('img')).toBeNull();
    act(() => sight.show(last, true));
    expect(within(last).getByRole('img')).toBeInTheDocument();
    act(() => sight.show(last, false));
    expect(charts()).toHaveLength(before);
  });

  it('are all on paper', () => {
    show(companyFrames(100), { width: 1200, height: 800 });
    act(() => void window.dispatchEvent(new Event('beforeprint')));
    expect(charts()).toHaveLength(100);
    act(() => void window.dispatchEvent(new Event('afterprint')));
    expect(charts().length).toBeLessThan(40);
  });
});

describe('what the panel says when there is nothing to show', () => {
  it('says quietly that a forecast is being made, and shows what was', () => {
    show([waitingFrame('pending', '')]);
    expect(screen.getByText('The forecast is being made').closest('[data-tone]')).toHaveAttribute(
      'data-tone',
      'pending'
    );
    expect(charts()[0]).toHaveAccessibleName(/^Revenue October 2026: /);
    expect(screen.queryByRole('button')).toBeNull();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('says what is missing for a forecast, with one point and with none', () => {
    const text = 'There is 1 month of history; a forecast needs 24';
    const { rerender } = show([waitingFrame('refused', text, { history: 1, ahead: 0 })]);
    expect(screen.getByText(text)).toBeInTheDocument();
    expect(charts()).toHaveLength(1);
    rerender(element([waitingFrame('refused', text, { history: 0, ahead: 0 })]));
    expect(screen.getByText(text)).toBeInTheDocument();
    expect(charts()).toHaveLength(0);
  });

  it('names what could not be reached', () => {
    const errors = [{ message: 'STORE_UNREACHABLE: InfluxDB at http://influx:8086 does not answer' }];
    const failed: Given = { data: { state: LoadingState.Error, errors } };
    const { rerender } = show([], failed);
    expect(screen.getByRole('alert')).toHaveTextContent('InfluxDB at http://influx:8086 does not answer');
    rerender(element([forecastFrame()], failed));
    expect(screen.getByRole('alert')).toHaveTextContent('Part of this could not be read');
    expect(charts()).toHaveLength(1);
  });

  it('says that nothing answers, and that other values are no forecast', () => {
    const { rerender } = show([]);
    expect(screen.getByText('No KPI answers this query')).toBeInTheDocument();
    const frame = forecastFrame();
    rerender(element([{ ...frame, meta: {}, fields: frame.fields.slice(0, 2) }]));
    expect(screen.getByText('These values are not a forecast')).toBeInTheDocument();
  });

  it('keeps its charts while new values are read', () => {
    const { rerender } = show();
    rerender(element([], { data: { state: LoadingState.Loading } }));
    expect(charts()).toHaveLength(1);
    rerender(element([], { data: { state: LoadingState.Done } }));
    expect(charts()).toHaveLength(0);
  });

  it('leaves a chart that says what it said, with what a viewer points at, and draws what is new', () => {
    const { rerender } = show();
    const [before] = charts();
    rerender(element([forecastFrame()]));
    expect(charts()[0]).toBe(before);
    rerender(element([forecastFrame({ facts: { marks: [] } })]));
    expect(charts()[0]).not.toBe(before);
  });

  it('says that values are invented', () => {
    show([forecastFrame({ meta: { demo: true } })]);
    expect(screen.getByText('Demo data')).toBeInTheDocument();
  });
});

describe.each([1, 5])('with %i KPIs', (count) => {
  it.each([1200, 400, 180])('it is accessible at %i pixels', async (width) => {
    const { container } = show(companyFrames(count), { width });
    expect(charts().length).toBeGreaterThan(0);
    expect(await violations(container)).toEqual([]);
  });
});
