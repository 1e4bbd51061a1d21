/** What the build of the plugins leaves out has to be here. */
import { EXTERNALS } from '../../../plugins/build/externals.mjs';

import { exportsOf, SHARED } from './shared';

describe('shared modules', () => {
  it('are all that the plugins are built without', () => {
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
