import { DEFAULTS } from '../options';
import { COMPANY, statusRow } from '../fixtures/rows';

import { tableColumns } from './columns';
import { fitColumns } from './fit-columns';

const ids = (width: number, rows = COMPANY, show = DEFAULTS.show) =>
  fitColumns(tableColumns(), rows, show, width).map((column) => column.id);

describe('the columns of a table', () => {
  it('are fewer where there is less room, the value always among them', () => {
    expect(ids(200)).toEqual(['value']);
    expect(ids(800)).toEqual(['value', 'gap', 'outlook']);
    expect(ids(800, COMPANY, ['change'])).toEqual(['value', 'change']);
    expect(ids(2400)).toEqual([
      'value',
      'period',
      'gap',
      'change',
      'course',
      'outlook',
      'bullet',
      'since',
      'age',
      'owner',
    ]);
  });

  it('say at least how much has changed where there is no room for against what', () => {
    const change = (width: number) =>
      fitColumns(tableColumns(), COMPANY, ['change'], width).find(({ id }) => id === 'change');
    expect(change(400)!.width).toBeLessThan(120);
    expect(change(640)!.width).toBeGreaterThan(change(400)!.width);
  });

  it('fit into the width, beside status and name', () => {
    for (let width = 500; width < 2400; width += 53) {
      const sum = fitColumns(tableColumns(), COMPANY, DEFAULTS.show, width).reduce((a, { width: w }) => a + w, 0);
      expect(sum + 112 + 180).toBeLessThanOrEqual(Math.max(width, 600));
    }
  });

  it('are left out when nothing would stand in them, or when they are not asked for', () => {
    expect(ids(2400, [statusRow({ owner: '' })])).toEqual(['value', 'period']);
    expect(ids(2400, COMPANY, ['owner'])).toEqual(['value', 'period', 'since', 'owner']);
  });
});
