/** Texts that are almost right: examples with pieces taken out, put in, doubled and swapped. */
import fc from 'fast-check';

/** What breaks readers: signs of every format, huge and odd numbers, characters that are not what they seem. */
const NASTY = [
  ...[
    '"',
    "'",
    '\\',
    '\n',
    '\r',
    '\r\n',
    '\t',
    '\0',
    ',',
    ';',
    ':',
    '=',
    '#',
    '&a',
    '*a',
    '{',
    '}',
    '[',
    ']',
    '---',
    '!!',
  ],
  ...[
    '|',
    '>',
    '%',
    '- ',
    '? ',
    '<<: *a',
    '\ufeff',
    '\ufffd',
    '\u2028',
    '\ud800',
    '💥',
    '١٢',
    '__proto__',
    'constructor',
  ],
  ...[
    'toString',
    '1e999',
    '-0',
    'NaN',
    '9'.repeat(40),
    '0x1F',
    '0'.repeat(20),
    '9999-99-99',
    '275760-09-13',
    '-1',
    'null',
  ],
  ...[
    '[['.repeat(3000),
    '{"a":'.repeat(2000),
    '(((',
    '"'.repeat(50),
    '- '.repeat(2000),
    'a'.repeat(5000),
    '${env:HOME}',
    '..',
  ],
];

interface Edit {
  /** share of the text that lies before it */
  at: number;
  length: number;
  text: string;
  kind: 'cut' | 'put' | 'double' | 'replace';
}

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 0, max: 40 }),
  text: fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 8 })),
  kind: fc.constantFrom('cut', 'put', 'double', 'replace'),
});

export function mutated(...examples: string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...examples), fc.array(edit, { minLength: 1, maxLength: 6 }))
    .map(([text, edits]) => edits.reduce(applied, text));
}

function applied(text: string, { at, length, text: put, kind }: Edit): string {
  const start = Math.floor(at * text.length);
  const [before, piece, after] = [text.slice(0, start), text.slice(start, start + length), text.slice(start + length)];
  switch (kind) {
    case 'cut':
      return before + after;
    case 'put':
      return before + put + piece + after;
    case 'double':
      return before + piece + piece + after;
    default:
      return before + put + after;
  }
}
