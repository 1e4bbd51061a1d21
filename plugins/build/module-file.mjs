import { EXTERNALS } from './externals.mjs';

/** Bytes that a plugin's `module.js` may have; a panel is loaded before the first number is seen. */
export const MODULE_BUDGET = 250_000;

const AMD = /^\s*(?:\/\*[\s\S]*?\*\/\s*)*define\(\s*(?:(["'])[^"']*\1\s*,\s*)?\[([^\]]*)\]\s*,/;

/**
 * The modules that a built `module.js` asks Grafana for.
 * Throws when it is not AMD, asks for one that Grafana does not share, or is larger than the budget.
 * @param {string} text the file's content
 * @param {{name?: string, budget?: number}} [options] `budget` in bytes; none for development builds
 * @returns {string[]}
 */
export function checkModuleFile(text, { name = 'module.js', budget = MODULE_BUDGET } = {}) {
  const found = AMD.exec(text);
  if (!found) {
    throw new Error(`${name} does not begin with an AMD define([...]): Grafana cannot load it`);
  }
  const asked = [...found[2].matchAll(/["']([^"']+)["']/g)].map((match) => match[1]);
  const unknown = asked.filter((module) => !EXTERNALS.includes(module));
  if (unknown.length) {
    throw new Error(`${name} asks for ${unknown.join(', ')}, which Grafana does not share: bundle it instead`);
  }
  const bytes = Buffer.byteLength(text);
  if (bytes > budget) {
    throw new Error(`${name} has ${bytes} bytes, ${bytes - budget} more than the budget of ${budget}`);
  }
  return asked;
}
