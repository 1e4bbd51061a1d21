/** Every command of docs/cli.md does what the page shows. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';

import { createProgram } from '@kpi-monitor/cli/program';
import { CommanderError } from 'commander';

const PAGE = readFileSync(join(__dirname, '../docs/cli.md'), 'utf8');
const HERE = process.cwd();
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kpi-docs-'));
  mkdirSync(join(folder, 'kpis'));
  for (const [, name, text] of PAGE.matchAll(/```\w+\n# ([\w.-]+)\n([^]*?)```/g)) {
    writeFileSync(join(folder, name!), text!);
  }
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(HERE);
  rmSync(folder, { recursive: true });
});

interface Shown {
  command: string;
  exitCode: number;
  lines: string[];
}

/** The commands in the order of the page, each with the lines below it. */
const shown: Shown[] = [...PAGE.matchAll(/```console\n([^]*?)```/g)].flatMap(([, block]) =>
  block!
    .split(/^\$ kpi /m)
    .slice(1)
    .map((text) => {
      const [first, ...lines] = text.trimEnd().split('\n');
      const [, command, code = '0'] = /^(.*?)(?: +# exits with (\d))?$/.exec(first!)!;
      return { command: command!, exitCode: Number(code), lines };
    })
);

async function run(command: string): Promise<{ exitCode: number; text: string }> {
  let text = '';
  let exitCode = -1;
  const stdout = new Writable({
    write(chunk, _, done) {
      text += String(chunk);
      done();
    },
  });
  const program = createProgram({
    ...{ version: '0.0.0', out: { line: (line) => (text += `${line}\n`) }, stdout, err: () => {} },
    ended: (code) => (exitCode = code),
  });
  await program.parseAsync(command.split(/ +/), { from: 'user' });
  return { exitCode, text };
}

/** `…` stands for any text, in a line of its own for any lines. */
function pattern(lines: readonly string[]): RegExp {
  const escaped = lines.map((line) =>
    line === '…'
      ? '[^]*?'
      : line
          .trimEnd()
          .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
          .replaceAll('…', '.*') + ' *\\r?'
  );
  return new RegExp(`^${escaped.join('\n')}\n*$`);
}

test('the page shows every command', () => {
  const program = createProgram({
    version: '',
    out: { line: () => {} },
    stdout: process.stdout,
    err: () => {},
    ended: () => {},
  });
  const headings = [...PAGE.matchAll(/^## ([\w-]+)$/gm)].map((match) => match[1]);
  expect(program.commands.map((command) => command.name()).filter((name) => !headings.includes(name))).toEqual([]);
  expect(shown.length).toBeGreaterThan(10);
});

test.each(shown)('kpi $command', async ({ command, exitCode, lines }) => {
  const ended = await run(command);
  expect(ended.text).toMatch(pattern(lines));
  expect(ended.exitCode).toBe(exitCode);
});

test('what nobody can mean exits by its own way, with help', async () => {
  await expect(run('tries')).rejects.toBeInstanceOf(CommanderError);
});
