import { FACTS } from '../fixtures/frames';

import { addressOf } from './address';

const range = { from: 'now-30d', to: 'now' };
const own = (href: string) => addressOf({ href, facts: FACTS }, 'kpi-detail', range);

afterEach(() => window.history.replaceState(null, '', '/'));

describe('where the name of a KPI leads', () => {
  it("is the data's own link, else the detail dashboard with the KPI and the range that is looked at", () => {
    expect(own('/d/mine?var-kpi=revenue')).toBe('/d/mine?var-kpi=revenue');
    const plain = { href: undefined, facts: FACTS };
    expect(addressOf(plain, 'kpi-detail', range)).toBe('/d/kpi-detail?var-kpi=revenue&from=now-30d&to=now');
    expect(addressOf(plain, '', range)).toBeUndefined();
  });

  it('is nowhere from the page that it leads to, but from that of another KPI', () => {
    window.history.replaceState(null, '', '/d/kpi-detail/title?var-kpi=revenue&from=now-2y');
    expect(own('/d/kpi-detail?var-kpi=revenue&from=now-30d')).toBeUndefined();
    expect(own('/d/kpi-detail?var-kpi=quality')).toBe('/d/kpi-detail?var-kpi=quality');
    expect(own('https://elsewhere.example/d/kpi-detail/title?var-kpi=revenue')).toMatch('elsewhere');
  });
});
