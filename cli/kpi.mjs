#!/usr/bin/env node
/** The command `kpi` of a clone: built when it is missing or out of date, then run. A package brings `dist` alone. */
import { existsSync } from 'node:fs';

const steps = new URL('../scripts/steps.mjs', import.meta.url);
if (existsSync(steps)) {
  const { isStale, runStep, steps: all } = await import(steps);
  const own = all().find(({ name }) => name === 'cli');
  if (isStale(own)) {
    // Not to stdout, which may be a document.
    process.stderr.write('building the command kpi …\n');
    await runStep(own, () => {});
  }
}
await import('./dist/kpi.mjs');
