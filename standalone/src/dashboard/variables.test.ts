import type { VariableModel } from '@grafana/schema';

import { variableOf } from './variables';

const model = (type: string, more: Partial<VariableModel> = {}) =>
  ({ name: 'x', type, ...more }) as unknown as VariableModel;

describe('variables', () => {
  it('begin at what the dashboard says', () => {
    const current = { text: ['A', 'B'], value: ['a', 'b'] };
    const variable = variableOf(model('query', { multi: true, includeAll: true, allValue: '$__all', current }));
    expect(variable.state).toMatchObject({ isMulti: true, includeAll: true, value: ['a', 'b'], text: ['A', 'B'] });
  });

  it('of choices are asked for, even when the dashboard stored old options', () => {
    expect(variableOf(model('query', { refresh: 0 })).state).toMatchObject({ refresh: 1, options: [] });
  });

  it.each([
    ['custom', { query: 'Previous : previous, Last year : lastYear' }, 'query'],
    ['constant', { query: '42' }, 'value'],
    ['textbox', { query: '42' }, 'value'],
  ])('of type %s take their query', (type, more, property) => {
    expect(variableOf(model(type, more)).state).toMatchObject({ [property]: more.query });
  });

  it('of a kind that cannot be shown are refused by name', () => {
    expect(() => variableOf(model('snapshot'))).toThrow('variable $x is of type `snapshot`');
  });
});
