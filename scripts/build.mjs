/**
 * Builds what is missing or out of date, with a line a step.
 *
 *   node scripts/build.mjs                everything; the Go backend where Go is
 *   node scripts/build.mjs page server    only these
 *   node scripts/build.mjs --force        whether it is needed or not
 */
import { fileURLToPath } from 'node:url';

import { isStale, runStep, steps } from './steps.mjs';

/** What standalone needs to run; the rest is for Grafana and for operators. */
export const FOR_STANDALONE = ({ name }) => name.startsWith('kpimonitor-') || name === 'page' || name === 'server';

/**
 * @param {{wanted?: (step: import('./steps.mjs').Step) => boolean, force?: boolean}} [options]
 * @returns {Promise<string[]>} what was skipped, and why
 */
export async function buildAll({ wanted = () => true, force = false } = {}) {
  const due = steps().filter((step) => wanted(step) && (force || isStale(step)));
  const skipped = [];
  for (const step of due) {
    const line = progressLine(step.label);
    try {
      const reason = await runStep(step, line.report);
      line.end(reason ? `skipped: ${reason}` : undefined);
      if (reason) {
        skipped.push(`${step.label}: ${reason}`);
      }
    } catch (error) {
      line.end('failed');
      throw error;
    }
  }
  return skipped;
}

/** One line that grows while a step runs: rewritten on a terminal, written once at its end elsewhere. */
function progressLine(label) {
  const start = Date.now();
  const live = process.stdout.isTTY;
  const text = (end) => `  ${label.padEnd(44)} ${end}`;
  const show = (end) => live && process.stdout.write(`\r\x1b[K${text(end)}`);
  show('…');
  return {
    report: (fraction) => show(`${Math.round(fraction * 100)} %`),
    end(result = `${((Date.now() - start) / 1000).toFixed(1)} s`) {
      process.stdout.write(`${live ? '\r\x1b[K' : ''}${text(result)}\n`);
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const args = process.argv.slice(2);
  const names = args.filter((arg) => !arg.startsWith('-'));
  const unknown = names.filter((name) => !steps().some((step) => step.name === name));
  if (unknown.length > 0) {
    const known = steps().map(({ name }) => name);
    process.stderr.write(`there is no ${unknown.join(', ')} to build; there are ${known.join(', ')}\n`);
    process.exit(1);
  }
  const wanted = names.length > 0 ? ({ name }) => names.includes(name) : undefined;
  try {
    await buildAll({ wanted, force: args.includes('--force') });
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
