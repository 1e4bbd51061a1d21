/** What a browser has to load for each plugin. */
import { existsSync, readdirSync, statSync } from 'node:fs';

import type { Finding } from './measure';

const BUDGET = 250 * 1024;

export async function benchSize(): Promise<Finding[]> {
  return readdirSync('plugins')
    .map((plugin) => ({ plugin, path: `plugins/${plugin}/dist/module.js` }))
    .filter(({ path }) => existsSync(path))
    .map(({ plugin, path }) => {
      const { size } = statSync(path);
      return {
        what: `module.js of ${plugin}`,
        value: `${Math.ceil(size / 1024)} KB`,
        budget: '250 KB',
        holds: size <= BUDGET,
      };
    });
}
