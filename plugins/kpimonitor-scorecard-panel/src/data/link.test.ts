import { dateTime, type LinkModel } from '@grafana/data';

import { statusFrame } from '../fixtures/frames';
import { COMPANY, statusRow } from '../fixtures/rows';

import { addressOf } from './link';
import { statusRows } from './status-frame';

const range = { from: 'now-30d', to: 'now' };

describe('where a KPI leads', () => {
  it('is the detail dashboard with the KPI and the range that is looked at', () => {
    expect(addressOf(statusRow(), 'kpi-detail', range)).toBe('/d/kpi-detail?var-kpi=revenue&from=now-30d&to=now');
    const fixed = { from: dateTime(1000), to: dateTime(2000) };
    expect(addressOf(statusRow(), 'kpi-detail', fixed)).toBe('/d/kpi-detail?var-kpi=revenue&from=1000&to=2000');
  });

  it('is nowhere without a dashboard or without a KPI', () => {
    expect(addressOf(statusRow(), '', range)).toBeUndefined();
    expect(addressOf(statusRow({ kpi: '' }), 'kpi-detail', range)).toBeUndefined();
  });

  it("is the data's own link when there is one, of its own row", () => {
    const frame = statusFrame(COMPANY);
    const name = frame.fields.find((field) => field.name === 'name')!;
    name.config = { links: [{ title: 'More', url: '/x' }] };
    name.getLinks = ({ valueRowIndex }) => [{ href: `/x/${valueRowIndex}` } as LinkModel];
    expect(addressOf(statusRows(frame)[2]!, 'kpi-detail', range)).toBe('/x/2');
  });
});
