import { createMemory } from './memory';

test('what was seen lately is known, and what is older than the bound is forgotten', () => {
  const memory = createMemory<number>(10);
  for (let i = 0; i < 100; i++) {
    memory.set(`${i}`, i);
  }
  expect([99, 95].map((i) => memory.get(`${i}`))).toEqual([99, 95]);
  expect(memory.get('1')).toBeUndefined();
});
