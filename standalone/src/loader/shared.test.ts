/** What the build of the plugins leaves out has to be here. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { exportsOf, SHARED } from './shared';

const externals = readFileSync(join(__dirname, '../../../plugins/build/externals.mjs'), 'utf8');
const EXTERNALS = [...externals.matchAll(/^ {2}'(.+)',$/gm)].map(([, name]) => name);

describe('shared modules', () => {
  it('are all that the plugins are built without', () => {
    expect(EXTERNALS).toContain('react');
    expect(Object.keys(SHARED)).toEqual(expect.arrayContaining(EXTERNALS));
  });

  it('of CommonJS are handed over whole, as an AMD plugin expects them', () => {
    const lodash = Object.assign(() => 1, { get: () => 2 });
    expect(exportsOf({ default: lodash, get: lodash.get })).toBe(lodash);
  });

  it('with exports beside their default keep them', () => {
    const namespace = { default: { a: 1 }, b: 2 };
    expect(exportsOf(namespace)).toBe(namespace);
    const named = { css: () => '' };
    expect(exportsOf(named)).toBe(named);
  });
});
