import '@testing-library/jest-dom';

import { createTheme, type DataFrame, LoadingState, ThemeContext } from '@grafana/data';
import { STATUSES } from '@kpi-monitor/model/status';
import { act, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';

import { numberFrame, statusFrame } from './fixtures/frames';
import { panelProps } from './fixtures/panel-props';
import { COMPANY, statusRow } from './fixtures/rows';
import { factsOf } from './tooltip/RowFacts';
import { Scorecard } from './Scorecard';

type Given = Parameters<typeof panelProps>[1];

function element(frames: DataFrame[], given?: Given, mode: 'dark' | 'light' = 'dark') {
  return (
    <ThemeContext.Provider value={createTheme({ colors: { mode } })}>
      <Scorecard {...panelProps(frames, given)} />
    </ThemeContext.Provider>
  );
}

const show = (frames: DataFrame[], given?: Given) => render(element(frames, given));
const company = [statusFrame(COMPANY)];
/** One row of each status: as much as the checks of accessibility need. */
const statuses = [statusFrame(STATUSES.map((status) => COMPANY.find((row) => row.status === status)!))];
const slices = [
  statusFrame([
    statusRow({ slice: '' }),
    statusRow({ slice: 'East', status: 'critical', level: 2, valueText: '$1' }),
    statusRow({ slice: 'West', valueText: '$2' }),
    statusRow({ kpi: 'roi', name: 'ROI', slice: 'West', status: 'warning', level: 1 }),
  ]),
];

/** Rules that need real layout are looked at in a browser instead. */
async function violations(container: Element) {
  const { violations: found } = await axe.run(container, {
    rules: { 'color-contrast': { enabled: false } },
    resultTypes: ['violations'],
  });
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}

describe('cards', () => {
  it('stand worst first, and each is a link that says all in a sentence', () => {
    show(company);
    const links = screen.getAllByRole('link');
    expect(links).toHaveLength(16);
    expect(links[0]).toHaveAccessibleName(
      'Cash flow, emergency, $-42,300 in Q4 2025, 108 % below target, Q1 likely miss'
    );
    expect(links[0]).toHaveAttribute('href', '/d/kpi-detail?var-kpi=cash_flow&from=now-1y&to=now');
    expect(screen.getByRole('link', { name: /^Revenue/ })).toHaveAccessibleName(
      'Revenue, warning, $812,400 in February 2026, 19 % below target, March on pace'
    );
  });

  it('show status by word as well as by colour', () => {
    show(company);
    const card = screen.getByRole('link', { name: /^Profit margin/ });
    expect(within(card).getByText('Critical')).toBeInTheDocument();
    expect(card.querySelector('svg')).not.toBeNull();
  });

  it('can be reached without a link too', () => {
    show(company, { options: { detailUid: '' } });
    expect(screen.queryByRole('link')).toBeNull();
    expect(screen.getByRole('group', { name: /^Cash flow/ })).toHaveAttribute('tabindex', '0');
  });

  it('tell that a value was changed after it had settled, unless it is late', () => {
    const restatedText = 'February restated -2.1 % on 9 Mar';
    show([
      statusFrame([
        statusRow({ restatedText, freshness: 'fresh', ageText: 'through 11 Mar' }),
        statusRow({ kpi: 'roi', name: 'ROI', restatedText, freshness: 'late', ageText: 'overdue by 2 days' }),
      ]),
    ]);
    const card = screen.getByRole('link', { name: /^Revenue.*February restated -2\.1 % on 9 Mar$/ });
    expect(card).toHaveTextContent(restatedText);
    expect(screen.getByRole('link', { name: /^ROI/ })).toHaveTextContent('overdue by 2 days');
  });

  it('say in one word that a value was restated where there is no line to say by how much', () => {
    const row = statusRow({ restatedText: 'February restated -2.1 % on 9 Mar' });
    show([statusFrame([row])], { options: { show: ['change'] } });
    const card = screen.getByRole('link', { name: /^Revenue/ });
    expect(within(card).getByText('restated')).toBeInTheDocument();
    expect(card).not.toHaveTextContent('-2.1 %');
  });

  it('show what is asked for and nothing else', () => {
    show(company, { options: { show: ['owner'] } });
    const card = screen.getByRole('link', { name: /^Revenue/ });
    expect(card).toHaveTextContent('finance');
    expect(card).not.toHaveTextContent('against January');
    expect(card).not.toHaveTextContent('through 11 Mar');
  });

  it('leave out what is calm when only problems are asked for', () => {
    show(company, { options: { onlyProblems: true } });
    expect(screen.getAllByRole('link')).toHaveLength(8);
  });

  it('are grouped under headers with the worst headline KPI and counts', () => {
    show(company, { options: { groupBy: 'category' } });
    expect(screen.getAllByRole('heading').map((heading) => heading.textContent)).toEqual([
      'Financial',
      'Market',
      'Customer',
      'Operations',
    ]);
    const market = screen.getByRole('region', { name: 'Market' });
    expect(market).toHaveTextContent('Market share late');
    expect(within(market).getByRole('img', { name: '2 normal' })).toBeInTheDocument();
    expect(within(market).getByRole('img', { name: '1 no data' })).toBeInTheDocument();
  });

  it('shorten numbers, but not in the tooltip', () => {
    jest.useFakeTimers();
    show(company, { options: { compact: true } });
    const card = screen.getByRole('link', { name: /^Revenue/ });
    expect(card).toHaveTextContent('$812.4K');
    fireEvent.mouseOver(card);
    act(() => void jest.advanceTimersByTime(1000));
    expect(screen.getByRole('tooltip')).toHaveTextContent('$812,400');
    jest.useRealTimers();
  });

  it('open a tooltip with everything by keyboard, which Escape closes', async () => {
    const user = userEvent.setup();
    show(company);
    // jsdom knows no :focus-visible.
    const matches = jest.spyOn(Element.prototype, 'matches').mockReturnValue(true);
    await user.tab();
    const tooltip = await screen.findByRole('tooltip');
    matches.mockRestore();
    for (const text of ['$-42,300', '$500,000', 'against Q3', 'through 11 Mar', 'demo', 'Operating cash flow']) {
      expect(tooltip).toHaveTextContent(text);
    }
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('tooltip')).toBeNull();
  });

  it('show a number of any source by its thresholds', () => {
    show([numberFrame([97.2], { config: { displayName: 'Availability', unit: 'percent' } })]);
    expect(screen.getByRole('group', { name: 'Availability, not judged, 97.2%' })).toBeInTheDocument();
  });
});

describe('the table', () => {
  const given: Given = { options: { view: 'table' }, width: 1600 };

  it('has a row a KPI with its name as header', () => {
    show(company, given);
    expect(screen.getAllByRole('rowheader')).toHaveLength(16);
    const row = screen.getByRole('row', { name: /Profit margin/ });
    expect(row).toHaveTextContent('Critical');
    expect(within(row).getByRole('link')).toHaveAttribute('href', expect.stringContaining('var-kpi=profit_margin'));
  });

  it('says of a value that it was restated, beside the name that every table has', () => {
    show([statusFrame([statusRow({ restatedText: 'February restated -2.1 % on 9 Mar' })])], given);
    expect(screen.getByRole('rowheader', { name: 'Revenue restated' })).toBeInTheDocument();
  });

  it('sorts by a click, turns round by a second and goes back by a third', async () => {
    const user = userEvent.setup();
    show(company, given);
    const first = () => screen.getAllByRole('rowheader')[0]!.textContent;
    const value = screen.getByRole('columnheader', { name: /Value/ });
    const worst = first();
    await user.click(within(value).getByRole('button'));
    expect(first()).toBe('Revenue');
    expect(value).toHaveAttribute('aria-sort', 'descending');
    await user.click(within(value).getByRole('button'));
    expect(value).toHaveAttribute('aria-sort', 'ascending');
    expect(first()).toBe('Brand recognition');
    await user.click(within(value).getByRole('button'));
    expect(value).not.toHaveAttribute('aria-sort');
    expect(first()).toBe(worst);
  });

  it('says the status in words even where there is room for its mark only', () => {
    show(company, { ...given, width: 320 });
    expect(screen.getByRole('row', { name: /Critical Profit margin/ })).toBeInTheDocument();
  });
});

describe('the heat map', () => {
  const given: Given = { options: { view: 'heatmap' } };

  it('has a cell a KPI and member, and says where there is none', () => {
    show(slices, given);
    expect(screen.getAllByRole('columnheader').map((header) => header.textContent)).toEqual(['Total', 'East', 'West']);
    expect(screen.getByRole('link', { name: /^Revenue · East, critical/ })).toHaveTextContent('$1');
    expect(screen.getAllByRole('img', { name: 'No such slice' })).toHaveLength(2);
    expect(screen.getAllByRole('listitem').map((entry) => entry.textContent)).toEqual([
      '1 critical',
      '1 warning',
      '2 normal',
    ]);
  });

  it('is one stop of the Tab key and moves by arrows', async () => {
    const user = userEvent.setup();
    show(slices, given);
    await user.tab();
    // ROI comes first: it has no total, so it stands by its worst member.
    expect(document.activeElement).toHaveAccessibleName('No such slice');
    await user.keyboard('{End}');
    expect(document.activeElement).toHaveAccessibleName(/^ROI · West, warning/);
    await user.keyboard('{ArrowDown}{ArrowLeft}');
    expect(document.activeElement).toHaveAccessibleName(/^Revenue · East, critical/);
    await user.keyboard('{Control>}{Home}{/Control}');
    expect(document.activeElement).toHaveAccessibleName('No such slice');
    await user.tab();
    expect(document.body).toHaveFocus();
  });
});

describe('what a panel says when there is nothing to show', () => {
  const failed: Given = {
    data: {
      state: LoadingState.Error,
      errors: [{ message: 'STORE_UNREACHABLE: InfluxDB at http://influx:8086 does not answer' }],
    },
  };

  it('names what could not be reached, and the code to look up', () => {
    show([], failed);
    expect(screen.getByRole('alert')).toHaveTextContent('The KPIs could not be read');
    expect(screen.getByRole('alert')).toHaveTextContent('InfluxDB at http://influx:8086 does not answer');
    expect(screen.getByText('STORE_UNREACHABLE')).toBeInTheDocument();
  });

  it('shows what there is beside what failed', () => {
    show(company, failed);
    expect(screen.getByRole('alert')).toHaveTextContent('Part of this could not be read');
    expect(screen.getAllByRole('link')).toHaveLength(16);
  });

  it('keeps the values while new ones are read', () => {
    const { rerender } = show(company);
    rerender(element([], { data: { state: LoadingState.Loading } }));
    expect(screen.getAllByRole('link')).toHaveLength(16);
    rerender(element([], { data: { state: LoadingState.Done } }));
    expect(screen.getByText('No KPI answers this query')).toBeInTheDocument();
  });

  it('says that all is well when only problems were asked for and there are none', () => {
    show([statusFrame([statusRow()])], { options: { onlyProblems: true } });
    expect(screen.getByText('Nothing needs attention')).toBeInTheDocument();
  });

  it('stands for rows in which nothing is known', () => {
    const unknown = Object.fromEntries(Object.keys(statusRow()).map((key) => [key, null]));
    for (const view of ['cards', 'table', 'heatmap'] as const) {
      const { unmount } = show([statusFrame([{ ...unknown, kpi: 'x' } as never])], { options: { view } });
      expect(screen.getAllByText('x').length).toBeGreaterThan(0);
      unmount();
    }
  });
});

describe('a change', () => {
  it('reads as usual variation when it is, on the card and in the tooltip', async () => {
    show([statusFrame([{ ...COMPANY[0]!, changeSignal: 'usual', changeSense: 'neutral' }])]);
    expect(screen.getByText(/against January, usual variation/)).toBeInTheDocument();
    expect(factsOf({ ...COMPANY[0]!, key: '', changeSignal: 'usual' })).toContainEqual([
      'Change',
      '-9.4 % against January, usual variation',
    ]);
  });

  it('says nothing of the kind when it is news, or when too little is known', () => {
    show(company);
    expect(screen.queryByText(/usual variation/)).toBeNull();
  });
});

describe('what must be known before a number is believed', () => {
  it('is that it is invented', () => {
    show([statusFrame(COMPANY, { demo: true })]);
    expect(screen.getByText('Demo data')).toBeInTheDocument();
  });

  it('is that it is not of today', () => {
    const asOf = Date.UTC(2025, 5, 30, 22);
    const archive = statusFrame(COMPANY, { asOf, archive: true, zone: 'Europe/Berlin' });
    show([archive]);
    expect(screen.getByText('As of 1 Jul 2025')).toBeInTheDocument();
  });

  it('is nothing for the real numbers of today', () => {
    const asOf = Date.UTC(2026, 2, 12);
    show([statusFrame(COMPANY, { asOf })], { data: { request: { startTime: asOf + 1000 } as never } });
    expect(screen.queryByText(/As of|Demo/)).toBeNull();
  });
});

describe.each(['cards', 'table', 'heatmap'] as const)('the view %s', (view) => {
  it.each(['none', 'category'] as const)('is accessible, grouped by %s', async (groupBy) => {
    const { container } = show([...statuses, ...slices], { options: { view, groupBy }, width: 1600 });
    expect(await violations(container)).toEqual([]);
  });

  it('gives every status the same colour in whatever order rows come', () => {
    const classes = (frames: DataFrame[]) => {
      const { container, unmount } = show(frames, { options: { view } });
      const marks = [...container.querySelectorAll('[data-row]')].map((row) => [
        row.getAttribute('data-row'),
        row.className,
        row.querySelector('path')?.getAttribute('fill'),
      ]);
      unmount();
      return marks.sort();
    };
    expect(classes([statusFrame([...COMPANY].reverse())])).toEqual(classes(company));
  });
});
