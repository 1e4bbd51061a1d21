/**
 * Reads InfluxDB's line protocol, so that Telegraf and other clients can write through our validation.
 * https://docs.influxdata.com/influxdb/v2/reference/syntax/line-protocol/
 */
export interface Line {
  /** counted from 1 */
  number: number;
  measurement: string;
  tags: Record<string, string>;
  fields: Record<string, number | string | boolean>;
  /** in the precision of the request; null when the line has none */
  timestamp: bigint | null;
}

export interface BrokenLine {
  number: number;
  text: string;
  /** why it cannot be read */
  reason: string;
}

const SHOWN = 200;

/** Lines in order; blank ones and comments are left out. A line that cannot be read spoils no other. */
export function* readLines(body: string): Generator<Line | BrokenLine> {
  let number = 0;
  for (const text of body.split('\n')) {
    number++;
    const line = text.trim();
    if (line !== '' && !line.startsWith('#')) {
      try {
        yield { number, ...new LineReader(line).read() };
      } catch (error) {
        yield { number, text: line.slice(0, SHOWN), reason: (error as Error).message };
      }
    }
  }
}

class LineReader {
  private at = 0;

  constructor(private readonly text: string) {}

  read(): Omit<Line, 'number'> {
    const measurement = this.word(', ');
    if (measurement === '') {
      throw new SyntaxError('it has no measurement');
    }
    // A tag may be called `__proto__`.
    const tags: Line['tags'] = Object.create(null);
    while (this.text[this.at] === ',') {
      this.at++;
      const [key, value] = [this.word('=, '), this.expect('=', 'a tag') && this.word(', ')];
      tags[key] = String(value);
    }
    this.expect(' ', 'the fields');
    const fields: Line['fields'] = Object.create(null);
    do {
      const key = this.word('=, ');
      this.expect('=', `the value of the field \`${key}\``);
      fields[key] = this.value(key);
    } while (this.text[this.at++] === ',');
    const rest = this.text.slice(this.at).trim();
    if (rest !== '' && !/^-?\d{1,19}$/.test(rest)) {
      throw new SyntaxError(`\`${rest.slice(0, 30)}\` is no timestamp`);
    }
    return { measurement, tags, fields, timestamp: rest === '' ? null : BigInt(rest) };
  }

  private expect(character: string, before: string): true {
    if (this.text[this.at] !== character) {
      throw new SyntaxError(`\`${character}\` is missing before ${before}, at character ${this.at + 1}`);
    }
    this.at++;
    return true;
  }

  /** Up to one of the characters; a backslash takes the special meaning from what follows it. */
  private word(ends: string): string {
    let word = '';
    while (this.at < this.text.length && !ends.includes(this.text[this.at]!)) {
      if (this.text[this.at] === '\\' && ',= \\'.includes(this.text[this.at + 1] ?? '')) {
        this.at++;
      }
      word += this.text[this.at++];
    }
    return word;
  }

  private value(key: string): number | string | boolean {
    if (this.text[this.at] === '"') {
      return this.quoted(key);
    }
    const text = this.word(', ');
    if (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) || /^-?\d+[iu]$/.test(text)) {
      return Number(text.replace(/[iu]$/, ''));
    }
    if (/^(t|true|f|false)$/i.test(text)) {
      return text[0]!.toLowerCase() === 't';
    }
    throw new SyntaxError(`the value \`${text.slice(0, 30)}\` of the field \`${key}\` is no number`);
  }

  private quoted(key: string): string {
    let text = '';
    for (this.at++; this.text[this.at] !== '"'; this.at++) {
      if (this.at >= this.text.length) {
        throw new SyntaxError(`the text of the field \`${key}\` has no end`);
      }
      if (this.text[this.at] === '\\' && '"\\'.includes(this.text[this.at + 1] ?? '')) {
        this.at++;
      }
      text += this.text[this.at];
    }
    this.at++;
    return text;
  }
}
