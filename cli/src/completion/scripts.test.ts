/** The script as bash runs it; zsh reads the same one. */
import { execFileSync } from 'node:child_process';

import { createProgram } from '../program';

import { completionScript, SHELLS } from './scripts';
import { wordsOf } from './words';

const program = createProgram({ version: '', out: { line() {} }, stdout: process.stdout, err() {}, ended() {} });
const words = wordsOf(program);

/** What is proposed at the end of a line. */
function complete(...line: string[]): string[] {
  const script = `kpi() { [ "$*" = "completion --ids" ] && printf 'orders\\nrevenue\\n'; }
${completionScript('bash', words)}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _kpi_complete; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', script, 'bash', 'kpi', ...line], { encoding: 'utf8' })
    .split('\n')
    .filter(Boolean);
}

test.each([
  [['st'], ['status']],
  [['alerts', 'in'], ['install']],
  [
    ['try', ''],
    ['orders', 'revenue'],
  ],
  [['status', 'orders', 'rev'], ['revenue']],
  [['backfill', '--re'], ['--restart']],
  [['alerts', 'install', '--dry'], ['--dry-run']],
  [
    ['export', '--format', ''],
    ['csv', 'json', 'ndjson'],
  ],
  [['new', '--direction', 'd'], ['down']],
  // The shell completes files.
  [['export', '--out', ''], []],
  [['-c', 'file', 'li'], ['list']],
])('kpi %j', (line, proposed) => {
  expect(complete(...line)).toEqual(proposed);
});

test.each(SHELLS)('%s: every command is in the script', (shell) => {
  const script = completionScript(shell, words);
  for (const { commands } of words) {
    for (const { name } of commands) {
      expect(script).toMatch(new RegExp(`[ "']${name}[ "']`));
    }
  }
});
