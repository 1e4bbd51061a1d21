/** Values of one catalogue never mix with those of another: equal ids mean other things there. */
import { basename, join, resolve } from 'node:path';

import type { LoadedConfig } from './read';

/**
 * The configuration as it is for the catalogue that it names; for another one, given by `--catalogue`, with a data
 * folder and an embedded store of that catalogue's own.
 */
export function withOwnData(config: LoadedConfig): LoadedConfig {
  const { store, dataFolder, catalogueFolder, catalogue, folder } = config;
  if (store.kind !== 'duckdb' || catalogueFolder === resolve(folder, catalogue)) {
    return config;
  }
  const own = join(dataFolder, basename(catalogueFolder));
  return { ...config, dataFolder: own, store: { ...store, path: join(own, 'kpi.duckdb') } };
}
