import { markPlaceholders, numberPlaceholders } from './placeholders';

test.each([
  ['where d >= :from and d < :to', 'where d >= $1 and d < $2', ['from', 'to']],
  ['where d >= :from or e >= :from', 'where d >= $1 or e >= $2', ['from', 'from']],
  ['where d >= :from_utc and d < :to_utc', 'where d >= $1 and d < $2', ['from_utc', 'to_utc']],
  ['select 1', 'select 1', []],
  ['select :from::date, x::from', 'select $1::date, x::from', ['from']],
  ["select ':from', 'it''s :to', :to", "select ':from', 'it''s :to', $1", ['to']],
  ["select E'\\':from', :to", "select E'\\':from', $1", ['to']],
  ['select ":from" from t where d < :to', 'select ":from" from t where d < $1', ['to']],
  ['select $$ :from $$, $x$ :to $x$, :to', 'select $$ :from $$, $x$ :to $x$, $1', ['to']],
  ['-- :from\nselect :from /* :to */', '-- :from\nselect $1 /* :to */', ['from']],
  ['select :fromage, :tomorrow, a[1:2]', 'select :fromage, :tomorrow, a[1:2]', []],
])('%s', (query, text, parameters) => {
  expect(numberPlaceholders(query)).toEqual({ text, parameters });
});

test.each([
  ['where d >= :from and d < :to', 'where d >= ? and d < ?', ['from', 'to']],
  ["select 'it\\'s :from', :to", "select 'it\\'s :from', ?", ['to']],
  ['select "it\\"s :from", :to_utc', 'select "it\\"s :from", ?', ['to_utc']],
  ['select `:from`, `a``:from` from t where d < :to', 'select `:from`, `a``:from` from t where d < ?', ['to']],
  ['select :from # :to\n, :to', 'select ? # :to\n, ?', ['from', 'to']],
  ['select 1--:from', 'select 1--?', ['from']],
  ['-- :to\nselect :from', '-- :to\nselect ?', ['from']],
])('MySQL: %s', (query, text, parameters) => {
  expect(markPlaceholders(query)).toEqual({ text, parameters });
});
