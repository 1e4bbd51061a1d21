import { act, render } from '@testing-library/react';
import { useState } from 'react';

import { datasource, serve } from '../../test/grafana';
import { giveScreenRoom, offered, pick, picker } from '../../test/pick';

import { newVariable, type VariableQuery } from './variable-query';
import { VariableEditor } from './VariableEditor';

beforeAll(giveScreenRoom);
beforeEach(() => void serve());

it('lists members of a dimension of chosen KPIs', async () => {
  const seen: VariableQuery[] = [];
  const source = datasource({ kpi: 'revenue' });
  function Settings() {
    const [query, setQuery] = useState(newVariable());
    const change = (next: VariableQuery) => {
      seen.push(next);
      setQuery(next);
    };
    return <VariableEditor datasource={source} query={query} onChange={change} onRunQuery={() => {}} />;
  }
  await act(async () => {
    render(<Settings />);
  });
  expect(picker(/^List/)).toHaveValue('KPIs');
  await pick(/^List/, /members of a dimension/);
  expect(await offered(/^named/)).toEqual(['Channel', 'Region', '$kpi']);
  await pick(/^named/, /Region/);
  await pick(/^of KPIs/, /\$kpi/);
  expect(seen.at(-1)).toEqual({
    refId: 'variable',
    v: 1,
    list: 'members',
    dimension: 'region',
    select: { kpis: ['$kpi'] },
  });
});
