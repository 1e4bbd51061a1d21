import { CoreApp } from '@grafana/data';
import type { RequestQuery } from '@kpi-monitor/model/query/query';
import { act, cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';

import { datasource, engine, refusal, serve } from '../../test/grafana';
import { giveScreenRoom, offered, pick, picker } from '../../test/pick';
import type { KpiDataSource } from '../datasource';

import { QueryEditor } from './QueryEditor';

/** An editor that keeps what it is told, as a panel does. */
async function edit(saved: Partial<RequestQuery>, app = CoreApp.PanelEditor, source: KpiDataSource = datasource()) {
  const seen: RequestQuery[] = [];
  const ran = jest.fn();
  function Panel() {
    const [query, setQuery] = useState({ refId: 'A', ...saved } as RequestQuery);
    const change = (next: RequestQuery) => {
      seen.push(next);
      setQuery(next);
    };
    return <QueryEditor datasource={source} query={query} app={app} onChange={change} onRunQuery={ran} />;
  }
  await act(async () => {
    render(<Panel />);
  });
  return { last: () => seen.at(-1), ran };
}

beforeAll(giveScreenRoom);
beforeEach(() => void serve());

describe('QueryEditor', () => {
  it('begins with where all KPIs stand', async () => {
    await edit(datasource().getDefaultQuery(CoreApp.PanelEditor));
    expect(picker(/^Show/)).toHaveValue('where KPIs stand');
    expect(screen.getByPlaceholderText('all KPIs')).toBeInTheDocument();
    expect(picker(/compared with/)).toHaveValue('nothing');
  });

  it('asks for values of a KPI by month against last year', async () => {
    const { last, ran } = await edit({ v: 1, type: 'status', select: {} });
    await pick(/^Show/, /values over time/);
    await pick(/^of KPIs/, /Revenue/);
    await pick(/^by/, /month/);
    await pick(/compared with/, /same period last year/);
    expect(last()).toMatchObject({
      v: 1,
      type: 'series',
      select: { kpis: ['revenue'] },
      grain: 'month',
      compare: 'lastYear',
    });
    expect(ran).toHaveBeenCalledTimes(4);
    expect(
      screen.getByText(/Invoiced, net of credit notes and tax\. One value a day, judged by the month/)
    ).toBeVisible();
  });

  it('asks what moves together, and leaves out what that has not', async () => {
    const { last } = await edit({ v: 1, type: 'series', select: {}, split: 'region', compare: 'lastYear' });
    await pick(/^Show/, /what moves together/);
    expect(last()).toMatchObject({ type: 'correlation', split: undefined, compare: undefined });
    expect(screen.queryByRole('combobox', { name: /split by/ })).not.toBeInTheDocument();
    await pick(/^comparing/, /changes from period to period/);
    await userEvent.type(screen.getByRole('spinbutton', { name: /greatest lag/ }), '14{enter}');
    expect(last()).toMatchObject({ type: 'correlation', on: 'changes', maxLag: 14 });
  });

  it('asks where values are going, as far ahead as is wanted', async () => {
    const { last } = await edit({ v: 1, type: 'series', select: { kpis: ['revenue'] }, compare: 'lastYear' });
    await pick(/^Show/, /where values are going/);
    expect(last()).toMatchObject({ type: 'forecast', compare: undefined });
    await userEvent.type(screen.getByRole('spinbutton', { name: /horizon/ }), '12{enter}');
    expect(last()).toMatchObject({ type: 'forecast', horizon: 12 });
  });

  it('lets a rule on a risk choose its number', async () => {
    const { last } = await edit({ v: 1, type: 'forecastRisk', select: {}, format: 'numeric' });
    await pick(/^measured by/, /days until it becomes critical/);
    expect(last()).toMatchObject({ type: 'forecastRisk', measure: 'daysToBreach' });
  });

  it('asks what stands out: a table for people, one number a KPI for a rule', async () => {
    const { last } = await edit({ v: 1, type: 'series', select: { kpis: ['revenue'] } });
    await pick(/^Show/, /what stands out/);
    expect(last()).toMatchObject({ type: 'anomalies', format: undefined });
    expect(await offered(/^by/)).toEqual(expect.arrayContaining(['automatic step', 'day', 'month']));
    cleanup();
    const rule = await edit({ v: 1, type: 'anomalies', select: {} }, CoreApp.UnifiedAlerting);
    expect(rule.last()).toMatchObject({ type: 'anomalies', format: 'numeric' });
  });

  it('asks how values are spread, all of it or one table', async () => {
    const { last } = await edit({ v: 1, type: 'series', select: { kpis: ['revenue'] }, compare: 'lastYear' });
    await pick(/^Show/, /how values are spread/);
    expect(last()).toMatchObject({ type: 'distribution', compare: undefined });
    await pick(/^showing/, /weekdays and months/);
    expect(last()).toMatchObject({ type: 'distribution', part: 'periods' });
    await pick(/^Show/, /what stands out/);
    expect(last()?.part).toBeUndefined();
  });

  it('asks what is wrong and what was done about it, of whole KPIs, one by one or counted', async () => {
    const { last } = await edit({ v: 1, type: 'status', select: { where: { region: ['North'] } } });
    await pick(/^Show/, /alerts and what was done/);
    expect(last()).toEqual({ refId: 'A', v: 1, type: 'alerts', select: {} });
    expect(screen.queryByRole('button', { name: /only where/ })).not.toBeInTheDocument();
    await pick(/^that are/, /active now/);
    await pick(/^listed by/, /^owner/);
    expect(last()).toMatchObject({ type: 'alerts', alerts: 'active', by: 'owner' });
  });

  it('lets a rule on alerts count working hours, and forgets that where nothing has them', async () => {
    const { last } = await edit({ v: 1, type: 'alerts', select: {}, format: 'numeric' });
    expect(screen.queryByRole('combobox', { name: /that are/ })).not.toBeInTheDocument();
    await pick(/^measured by/, /working hours without an acknowledgement/);
    expect(last()).toMatchObject({ type: 'alerts', measure: 'unacknowledgedHours' });
    await pick(/^Show/, /where KPIs stand/);
    expect(last()?.measure).toBeUndefined();
  });

  it('lets a rule choose among the numbers of each kind, and the subject of its texts', async () => {
    const { last } = await edit({ v: 1, type: 'status', select: {}, format: 'numeric' }, CoreApp.UnifiedAlerting);
    await pick(/^measured by/, /hours that values are overdue/);
    expect(last()).toMatchObject({ type: 'status', measure: 'overdueHours' });
    await pick(/^Show/, /texts for alert messages/);
    expect(last()).toMatchObject({ type: 'alertContext', format: 'numeric', measure: undefined });
    await pick(/^about/, /feeds of values/);
    expect(last()).toMatchObject({ type: 'alertContext', about: 'feed' });
  });

  it('shows and changes by which periods the KPIs of a rule are judged', async () => {
    const { last } = await edit(
      { v: 1, type: 'status', select: { judgedAt: ['month'] }, format: 'numeric' },
      CoreApp.UnifiedAlerting
    );
    expect(screen.getByText('Month')).toBeVisible();
    await pick(/^judged at/, /Quarter/);
    expect(last()?.select.judgedAt).toEqual(['month', 'quarter']);
  });

  it('offers a rule what has one number a KPI, and no other format', async () => {
    await edit({ v: 1, type: 'status', select: {}, format: 'numeric' }, CoreApp.UnifiedAlerting);
    const kinds = await offered(/^Show/);
    expect(kinds.join()).toMatch(/where KPIs stand.*where open periods land/);
    expect(kinds.join()).not.toMatch(/what moves together/);
    await userEvent.click(screen.getByRole('button', { name: 'more choices' }));
    expect(screen.queryByRole('combobox', { name: /^as format/ })).not.toBeInTheDocument();
  });

  it('offers KPIs by name with their definitions, and those of the chosen category alone', async () => {
    const all = await edit({ type: 'status', select: {} }).then(() => offered(/^of KPIs/));
    expect(all.join()).toMatch(/Revenue.*Invoiced, net.*Profit margin.*Retention/);
    await pick(/^in categories/, /Customer/);
    expect(await offered(/^of KPIs/)).toEqual([expect.stringContaining('Retention')]);
  });

  it('offers only grains, dimensions and comparisons that the chosen KPIs have', async () => {
    await edit({ type: 'series', select: { kpis: ['revenue'] } });
    expect(await offered(/^by/)).toEqual(
      expect.arrayContaining(['the period that is judged', 'day', 'week', 'month', 'quarter', 'year'])
    );
    expect(await offered(/split by/)).toEqual(['nothing', 'Region', 'Channel']);
    expect(await offered(/compared with/)).toEqual(expect.arrayContaining(['same weekday, last four weeks', 'target']));
    await pick(/^of KPIs/, /Profit margin/);
    expect(await offered(/^by/)).not.toContain('day');
    expect(await offered(/split by/)).toEqual(['nothing', 'Region']);
    expect(await offered(/compared with/)).not.toContain('same weekday, last four weeks');
    await pick(/^of KPIs/, /Revenue/);
    expect(await offered(/compared with/)).not.toContain('target');
  });

  it('takes back what the newly chosen KPIs do not have', async () => {
    const { last } = await edit({ type: 'series', select: { kpis: ['revenue'] }, grain: 'day', split: 'channel' });
    await pick(/^of KPIs/, /Profit margin/);
    expect(last()).toMatchObject({
      select: { kpis: ['revenue', 'profit_margin'] },
      grain: undefined,
      split: undefined,
    });
  });

  it('narrows to members of a dimension', async () => {
    const requests = serve();
    const { last } = await edit({ type: 'series', select: { kpis: ['revenue'] } });
    await userEvent.click(screen.getByRole('button', { name: /only where/ }));
    await pick(/^only where/, /Region/);
    await pick(/^is Region/, /North/);
    expect(last()?.select.where).toEqual({ region: ['North'] });
    expect(requests.at(-1)).toMatchObject({ params: { kpis: 'revenue' } });
    await userEvent.click(screen.getByRole('button', { name: /Remove the condition on Region/ }));
    expect(last()?.select.where).toBeUndefined();
  });

  it('offers the variables of the dashboard', async () => {
    const { last } = await edit({ type: 'status', select: {} }, CoreApp.PanelEditor, datasource({ chosen: 'revenue' }));
    await pick(/^of KPIs/, /\$chosen/);
    expect(last()?.select.kpis).toEqual(['$chosen']);
  });

  it('says in place why nothing can be listed, and tries again', async () => {
    let broken = true;
    serve((request) => {
      if (broken) {
        throw refusal(502, 'ENGINE_UNREACHABLE', 'the KPI engine at http://127.0.0.1:9 cannot be reached');
      }
      return engine(request);
    });
    await edit({ type: 'status', select: { kpis: ['revenue'] } });
    expect(screen.getByText(/http:\/\/127\.0\.0\.1:9 cannot be reached.*ENGINE_UNREACHABLE/)).toBeVisible();
    expect(screen.getByText('revenue')).toBeVisible();
    broken = false;
    await userEvent.click(screen.getByRole('button', { name: /Try again/ }));
    await waitFor(() => expect(screen.queryByText(/cannot be reached/)).not.toBeInTheDocument());
    expect(screen.getByText('Revenue')).toBeVisible();
  });

  it('marks a chosen KPI that the catalogue has lost', async () => {
    await edit({ type: 'status', select: { kpis: ['revenu'] } });
    expect(await screen.findByText('revenu (not there)')).toBeVisible();
  });

  it.each<[string, Partial<RequestQuery>]>([
    ['a new rule', {}],
    ['a rule made from a panel', { v: 1, type: 'status', select: {} }],
  ])('writes into %s what it is evaluated with: one number a KPI', async (_, saved) => {
    const { last } = await edit(saved, CoreApp.UnifiedAlerting);
    expect(last()).toEqual({ refId: 'A', v: 1, type: 'status', select: {}, format: 'numeric' });
  });

  it('leaves a rule on values over time as it is', async () => {
    const { last } = await edit({ v: 1, type: 'series', select: { kpis: ['revenue'] } }, CoreApp.UnifiedAlerting);
    expect(last()).toBeUndefined();
  });

  it('leaves the format of panels to the engine, with a choice for those who know better', async () => {
    const { last } = await edit({ v: 1, type: 'status', select: {} });
    expect(last()).toBeUndefined();
    await userEvent.click(screen.getByRole('button', { name: 'more choices' }));
    await pick(/^as format/, /table/);
    expect(last()).toMatchObject({ format: 'table' });
  });
});
