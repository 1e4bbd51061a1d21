import { type AuditFact, type AuditRecord, chained, CHAIN_START, isIntact } from './chain';

const fact = (n: number): AuditFact => ({
  ...{ time: 1000 + n, user: 'ada', client: 'grafana', role: 'Editor', action: 'judgement.set', kpi: 'revenue' },
  what: `target ${n} → ${n + 1}`,
  reason: 'the budget was raised',
});

function records(count: number): AuditRecord[] {
  const all: AuditRecord[] = [];
  for (let n = 1; n <= count; n++) {
    all.push(chained(fact(n), n, all.at(-1)?.hash ?? CHAIN_START));
  }
  return all;
}

it('holds as it was written, also after a way through JSON that orders properties anew', () => {
  expect(isIntact([])).toBe(true);
  expect(isIntact(records(5))).toBe(true);
  const turned = records(5).map(
    (record) => JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(record).reverse()))) as AuditRecord
  );
  expect(isIntact(turned)).toBe(true);
});

it.each(['time', 'user', 'client', 'role', 'action', 'kpi', 'what', 'reason', 'sequence', 'hash'] as const)(
  'breaks when the %s of any record is changed',
  (property) => {
    for (let n = 0; n < 5; n++) {
      const changed = records(5);
      const value = changed[n]![property];
      changed[n] = { ...changed[n]!, [property]: typeof value === 'number' ? value + 1 : `${value} ` } as AuditRecord;
      expect(isIntact(changed)).toBe(false);
    }
  }
);

it('breaks when a record is removed, put elsewhere, repeated or added', () => {
  for (let n = 0; n < 4; n++) {
    expect(isIntact(records(5).toSpliced(n, 1))).toBe(false);
    const swapped = records(5);
    [swapped[n], swapped[n + 1]] = [swapped[n + 1]!, swapped[n]!];
    expect(isIntact(swapped)).toBe(false);
    expect(isIntact(records(5).toSpliced(n, 0, records(5)[n]!))).toBe(false);
    expect(isIntact(records(5).toSpliced(n, 0, chained(fact(9), n + 1, CHAIN_START.replace('0', '1'))))).toBe(false);
  }
  const numberedAnew = records(5)
    .toSpliced(2, 1)
    .map((record, i) => ({ ...record, sequence: i + 1 }));
  expect(isIntact(numberedAnew)).toBe(false);
});

it('breaks when its end is cut off, by what is noted elsewhere', () => {
  const all = records(5);
  const witnesses = all.map(({ hash }) => hash);
  expect(isIntact(all, witnesses)).toBe(true);
  expect(isIntact(all.slice(0, 4))).toBe(true);
  expect(isIntact(all.slice(0, 4), witnesses)).toBe(false);
  expect(isIntact([], witnesses)).toBe(false);
});
