import { expression } from './expression';

const BOUNDS = { from: '2026-01-01', to: '2026-02-01' };
const LIMITS = { timeout: 100, stack: 100, sequence: 1000 };

test('an expression knows the window that is read', async () => {
  expect(await expression("{ 'a': $from, 'b': n }", 'mapping').on({ n: 3 }, BOUNDS, 'here')).toEqual({
    a: BOUNDS.from,
    b: 3,
  });
});

test('regular expressions find what they should, also one after another', async () => {
  const text = 'shop 17 in the west, shop 4 in the east';
  const found = await expression('$match(text, /shop (\\d+)/).groups[0]', 'mapping').on({ text }, BOUNDS, 'here');
  expect([...(found as string[])]).toEqual(['17', '4']);
});

test.each([
  ['calls itself for ever', '($f := function(){ $f() }; $f())'],
  ['calls itself deeper and deeper', '($f := function($n){ 1 + $f($n + 1) }; $f(1))'],
  ['two that call each other', '($f := function(){ $g() }; $g := function(){ $f() }; $f())'],
  ['counts without end', '[1..1000000]'],
  ['squares a list again and again', '($a := [1..1000]; $a.($a.($a.($a))))'],
  ['makes a text longer and longer', '($f := function($s){ $f($s & $s) }; $f("0123456789"))'],
  ['a regular expression that goes back and forth', "$match($pad('', 40, 'a') & '!', /^(a+)+$/)"],
])('one that %s is ended and coded', async (_, map) => {
  const error = await expression(map, 'mapping', LIMITS)
    .on({}, BOUNDS, 'here')
    .catch((e) => e);
  expect(error).toMatchObject({
    code: 'SOURCE_FORMAT',
    message: expect.stringMatching(/^the mapping fails on here: ./),
  });
});
