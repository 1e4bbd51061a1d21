import { locationService } from '@grafana/runtime';

import { interceptLinks } from './links';

interceptLinks();

/** Clicks a link; whether the page was asked to follow it itself. */
function click(html: string, event: MouseEventInit = {}): boolean {
  document.body.innerHTML = html;
  const inside = document.querySelector('a > *') ?? document.querySelector('a')!;
  return !inside.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ...event }));
}

describe('links that plugins draw', () => {
  it('are followed without loading the page again', () => {
    expect(click('<a href="/d/kpi-detail?var-kpi=revenue#a"><span>Revenue</span></a>')).toBe(true);
    expect(locationService.getLocation()).toMatchObject({
      pathname: '/d/kpi-detail',
      search: '?var-kpi=revenue',
      hash: '#a',
    });
  });

  it('to other places, into other windows or to files are left to the browser', () => {
    expect(click('<a href="https://example.com/d/kpi-detail">x</a>')).toBe(false);
    expect(click('<a href="/d/kpi-detail" target="_blank">x</a>')).toBe(false);
    expect(click('<a href="/api/search">x</a>')).toBe(false);
    expect(click('<a href="/d/kpi-detail">x</a>', { ctrlKey: true })).toBe(false);
  });
});
