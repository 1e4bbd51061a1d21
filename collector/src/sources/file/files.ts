/** Which files a path means, and whether they are whole. */
import { realpath, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { KpiError } from '@kpi-monitor/model/errors';
import { glob, isDynamicPattern } from 'tinyglobby';

import { unreadable } from './failures';

export interface FoundFile {
  path: string;
  /** relative to where the pattern begins, `/` between folders */
  name: string;
  bytes: number;
  /** epoch milliseconds of its last change */
  changed: number;
  /** changes with the content, as far as the file system tells */
  stamp: string;
}

export interface FilePattern {
  /** absolute; where names begin */
  folder: string;
  /** null for one file by its name */
  pattern: string | null;
  path: string;
}

export const MOST_FILES = 10_000;

/** Names that programs give to what they are still writing, and to locks. */
const UNFINISHED = ['**/*.{tmp,temp,part,partial,crdownload,filepart,swp,lock}', '**/~*', '**/.*'];

/**
 * @param folder that a relative path begins in
 * @throws KpiError KPI_SOURCE for a pattern that climbs out of its own folder
 */
export function filePattern(path: string, folder: string): FilePattern {
  const parts = path.split('/');
  const first = parts.findIndex((part) => isDynamicPattern(part));
  if (first < 0) {
    return { folder: resolve(folder), pattern: null, path: resolve(folder, path) };
  }
  const pattern = parts.slice(first).join('/');
  if (parts.slice(first).some((part) => part === '..')) {
    throw new KpiError('KPI_SOURCE', `the path ${path} climbs up after a \`*\`; write where its files are before that`);
  }
  const base = parts.slice(0, first).join('/');
  const start = isAbsolute(path) && base === '' ? sep : resolve(folder, base);
  return { folder: start, pattern, path: join(start, pattern) };
}

/**
 * The newest first. Of a pattern, files that a link leads to elsewhere are not among them.
 * @throws KpiError SOURCE_UNREACHABLE, SOURCE_FORMAT for too many
 */
export async function findFiles({ folder, pattern, path }: FilePattern, signal: AbortSignal): Promise<FoundFile[]> {
  if (pattern === null) {
    return [await fileAt(path, basename(path))];
  }
  const literal = await fileAt(path, basename(path)).catch(() => null);
  if (literal) {
    // A name may have brackets.
    return [literal];
  }
  const root = await realpath(folder).catch((error: unknown) => {
    throw unreadable(folder, error);
  });
  const options = { cwd: root, ignore: UNFINISHED, followSymbolicLinks: false, expandDirectories: false, signal };
  const names = await glob(pattern, options);
  if (names.length > MOST_FILES) {
    const message = `${path} means ${names.length} files; ${MOST_FILES} are the most: put old ones elsewhere, or narrow it`;
    throw new KpiError('SOURCE_FORMAT', message, { path });
  }
  const found: FoundFile[] = [];
  for (const name of names) {
    const target = await realpath(join(root, name)).catch(() => null);
    // Between looking and asking it may have been moved.
    if (target !== null && !relative(root, target).startsWith('..')) {
      const file = await fileAt(target, name).catch(() => null);
      found.push(...(file ? [file] : []));
    }
  }
  return found.sort((a, b) => b.changed - a.changed || (a.name < b.name ? 1 : -1));
}

/** @throws KpiError SOURCE_UNREACHABLE */
async function fileAt(path: string, name: string): Promise<FoundFile> {
  let found;
  try {
    found = await stat(path);
  } catch (error) {
    throw unreadable(path, error);
  }
  if (!found.isFile()) {
    throw new KpiError('SOURCE_UNREACHABLE', `${path} is not a file`, { path });
  }
  const { size, mtimeMs, ctimeMs } = found;
  return { path, name, bytes: size, changed: mtimeMs, stamp: `${size} ${mtimeMs} ${ctimeMs}` };
}

/**
 * Those that are still being written: they changed less than `settle` milliseconds ago, and again while that was waited
 * for.
 */
export async function unsettled(
  files: readonly FoundFile[],
  settle: number,
  signal: AbortSignal
): Promise<FoundFile[]> {
  const now = Date.now();
  const young = files.filter(({ changed }) => now - changed < settle);
  if (young.length === 0) {
    return [];
  }
  await sleep(settle, undefined, { signal });
  const still = await Promise.all(young.map((file) => hasChanged(file)));
  return young.filter((_, i) => still[i]);
}

/** Also when it is gone. */
export async function hasChanged(file: FoundFile): Promise<boolean> {
  return fileAt(file.path, file.name).then(
    ({ stamp }) => stamp !== file.stamp,
    () => true
  );
}
