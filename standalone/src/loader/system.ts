/** SystemJS as Grafana uses it: AMD bundles by URL, shared packages by name. */
import 'systemjs/dist/system.js';
import 'systemjs/dist/extras/amd.js';

import { exportsOf, SHARED } from './shared';

/** Bare names become addresses under this scheme, which are answered from the page itself. */
const SCHEME = 'shared:';

interface Loader {
  import(id: string): Promise<unknown>;
  resolve(id: string, parent?: string): string;
  instantiate(url: string, parent?: string): Promise<unknown>;
}

const loader = (window as unknown as { System: { constructor: { prototype: Loader } } & Loader }).System;
const { prototype } = loader.constructor;
const { resolve, instantiate } = prototype;

prototype.resolve = function (id, parent) {
  return id in SHARED ? SCHEME + id : resolve.call(this, id, parent);
};

prototype.instantiate = async function (url, parent) {
  if (!url.startsWith(SCHEME)) {
    return instantiate.call(this, url, parent);
  }
  const exports = exportsOf(await SHARED[url.slice(SCHEME.length)]!());
  // The registration that a SystemJS module makes of itself; the AMD part unwraps `__useDefault`.
  return [
    [],
    (put: (all: object) => void) => ({
      // Whatever this returned would be awaited.
      execute() {
        put({ default: exports, __useDefault: true });
      },
    }),
  ];
};

/** The exports of an AMD module at an address of this server. @throws Error when it cannot be loaded or run */
export async function importModule<T>(url: string): Promise<T> {
  const module = (await loader.import(new URL(url, document.baseURI).href)) as { default?: unknown };
  return (module.default ?? module) as T;
}
