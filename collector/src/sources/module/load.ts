/** A TypeScript or JavaScript file of an operator's, as what it exports. */
import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { relative, resolve, sep } from 'node:path';
import { compileFunction } from 'node:vm';

import { KpiError } from '@kpi-monitor/model/errors';
import type { BuildFailure, OutputFile } from 'esbuild';

import { defineSource, type OwnSource } from '../../own-source';

/** Where a file imports the types from, and `defineSource`, which it need not have installed. */
const OWN_SOURCE = '@kpi-monitor/collector/own-source';

/**
 * The absolute path. @throws KpiError SOURCE_UNREACHABLE for a file that is not there, KPI_SOURCE for one outside of the
 * catalogue folder, by a link as well
 */
export function modulePath(path: string, catalogueFolder: string): string {
  const wanted = resolve(catalogueFolder, path);
  refuseOutside(wanted, resolve(catalogueFolder), path);
  let real: string;
  try {
    real = realpathSync(wanted);
  } catch (cause) {
    throw new KpiError('SOURCE_UNREACHABLE', `the file ${wanted} does not exist`, { path }, { cause });
  }
  refuseOutside(real, realpathSync(catalogueFolder), path);
  return real;
}

function refuseOutside(file: string, folder: string, path: string): void {
  const way = relative(folder, file);
  if (way === '' || way === '..' || way.startsWith(`..${sep}`) || resolve(way) === way) {
    const message = `\`${path}\` lies outside of the catalogue folder; only files in it are run`;
    throw new KpiError('KPI_SOURCE', message, { path });
  }
}

/** @throws KpiError KPI_SOURCE naming file and line */
export async function loadModule(file: string): Promise<OwnSource> {
  const code = await bundled(file);
  const module = { exports: {} as { default?: unknown; source?: unknown } };
  try {
    compileFunction(code, ['module', 'exports', 'require', '__filename'], { filename: file })(
      module,
      module.exports,
      requireFrom(file),
      file
    );
  } catch (error) {
    const { message, stack = '' } = error as Error;
    throw new KpiError('KPI_SOURCE', `${file} cannot be run: ${message}`, { file, stack }, { cause: error });
  }
  const source = (module.exports.default ?? module.exports.source) as OwnSource | undefined;
  if (typeof source?.read !== 'function') {
    const message = `${file} exports no source; write \`export default defineSource({ async *read({ from, to }) { … } })\``;
    throw new KpiError('KPI_SOURCE', message, { file });
  }
  return source;
}

/** With what it imports by relative paths; packages stay outside. */
async function bundled(file: string): Promise<string> {
  const { build } = await import('esbuild');
  try {
    const { outputFiles } = await build({
      entryPoints: [file],
      bundle: true,
      write: false,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      packages: 'external',
      sourcemap: false,
      logLevel: 'silent',
      tsconfigRaw: {},
    });
    return (outputFiles as OutputFile[])[0]!.text;
  } catch (error) {
    const { errors = [] } = error as Partial<BuildFailure>;
    const places = errors.map(({ text, location }) =>
      location ? `${resolve(location.file)}:${location.line}:${location.column + 1} ${text}` : text
    );
    const message = places.length > 0 ? places.join('\n') : (error as Error).message;
    throw new KpiError('KPI_SOURCE', message, { file }, { cause: error });
  }
}

/** Packages beside the file win; what it has not installed, such as zod, it has from us. */
function requireFrom(file: string): (name: string) => unknown {
  const [theirs, ours] = [createRequire(file), createRequire(import.meta.url)];
  return (name) => {
    if (name === OWN_SOURCE) {
      return { defineSource };
    }
    try {
      return theirs(name);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code !== 'MODULE_NOT_FOUND' || !message.includes(`'${name}'`)) {
        throw error;
      }
      return ours(name);
    }
  };
}
