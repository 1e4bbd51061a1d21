/** Before all tests, once: two that unpacked the Chromium of npm at a time would start what the other has half written. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export default function ready({ rootDir }) {
  try {
    execFileSync(process.execPath, [join(rootDir, 'tests/support/find-chromium.mjs')], { stdio: 'ignore' });
  } catch {
    // A test that needs it says what is missing.
  }
}
