/** `kpi`: the operators' command. */
import { CommanderError } from 'commander';

import packageJson from '../package.json';

import { redact } from './config/secrets';
import { EXIT } from './exit-code';
import { createProgram } from './program';

// `kpi list | head` closes the pipe early; that is no mistake.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const program = createProgram({
  version: packageJson.version,
  out: { line: (text) => void process.stdout.write(`${redact(text)}\n`) },
  stdout: process.stdout,
  err: (text) => void process.stderr.write(`${redact(text)}\n`),
  ended: (code) => (process.exitCode = code),
});
await program.parseAsync().catch((thrown: unknown) => {
  if (!(thrown instanceof CommanderError)) {
    throw thrown;
  }
  // Help and version are thrown, too; what was wrong has been said.
  process.exitCode = thrown.exitCode === 0 ? EXIT.good : EXIT.usage;
});
