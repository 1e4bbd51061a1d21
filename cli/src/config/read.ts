/** Finds and reads `kpi-monitor.yaml`. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { KpiError } from '@kpi-monitor/model/errors';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';

import { withOwnData } from './own-data';
import { type Config, configSchema } from './schema';
import { resolveSecrets } from './secrets';
import { withShard } from './shard';

export const CONFIG_FILE = 'kpi-monitor.yaml';
const MAX_CHARACTERS = 256 * 1024;

export interface LoadedConfig extends Config {
  /** the file, or null when there is none and defaults apply */
  file: string | null;
  /** absolute folder that the configuration's paths are relative to */
  folder: string;
  /** absolute folder of KPI files */
  catalogueFolder: string;
  /** absolute folder for what the program itself keeps */
  dataFolder: string;
  /**
   * Puts secrets in for the references of a text, just before it is used: the configuration itself holds none.
   * @throws KpiError CONFIG_SECRET
   */
  resolve(text: string): string;
}

export interface ConfigWanted {
  /** `--config`: a file */
  config?: string;
  /** `--catalogue`: a folder of KPI files; its own kpi-monitor.yaml, or the one above it, is the configuration */
  catalogue?: string;
  /** `--shard 1/3`: which part of the KPIs is read; default what the configuration says */
  shard?: string;
  cwd?: string;
  env?: Readonly<Record<string, string | undefined>>;
}

/**
 * The configuration, its secrets still as references. A folder of KPI files without one is run on the defaults.
 * @throws KpiError CONFIG_FILE naming file, line and remedy
 */
export function readConfig(wanted: ConfigWanted): LoadedConfig {
  const { config, catalogue, cwd = process.cwd(), env = process.env } = wanted;
  const catalogueFolder = catalogue === undefined ? undefined : resolve(cwd, catalogue);
  if (catalogueFolder) {
    requireFolder(catalogueFolder, 'give another by --catalogue');
  }
  const candidates = config
    ? [resolve(cwd, config)]
    : catalogueFolder
      ? [join(catalogueFolder, CONFIG_FILE), join(dirname(catalogueFolder), CONFIG_FILE)]
      : [join(cwd, CONFIG_FILE)];
  const file = candidates.find((candidate) => existsSync(candidate)) ?? null;
  if (config && !file) {
    throw new KpiError('CONFIG_FILE', `${candidates[0]} does not exist`);
  }
  const parsed = file ? parseConfig(file, readFileSync(file, 'utf8')) : configSchema.parse({});
  const folder = file ? dirname(file) : cwd;
  const configured = resolve(folder, parsed.catalogue);
  if (!catalogueFolder) {
    requireFolder(configured, `set \`catalogue\` in ${file ?? CONFIG_FILE}, or give --catalogue`);
  }
  const own = withOwnData({
    ...parsed,
    connections: absoluteFiles(parsed.connections, folder),
    file,
    folder,
    catalogueFolder: catalogueFolder ?? configured,
    dataFolder: resolve(folder, parsed.data),
    resolve: (text) => resolveSecrets(text, { env, folder }),
  });
  return withShard(own, wanted.shard);
}

/** A file that is named by a secret is absolute already, or relative to where the program runs. */
function absoluteFiles(connections: Config['connections'], folder: string): Config['connections'] {
  const entries = Object.entries(connections).map(([name, connection]) => [
    name,
    'path' in connection && !connection.path.startsWith('${')
      ? { ...connection, path: resolve(folder, connection.path) }
      : connection,
  ]);
  return Object.fromEntries(entries);
}

function requireFolder(path: string, remedy: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) {
    const wrong = found ? 'is not a folder' : 'does not exist';
    throw new KpiError('CONFIG_FILE', `the catalogue folder ${path} ${wrong}; ${remedy}`, { path });
  }
}

/** @throws KpiError CONFIG_FILE */
export function parseConfig(file: string, text: string): Config {
  if (text.length > MAX_CHARACTERS) {
    const message = `${file} has ${text.length} characters; ${MAX_CHARACTERS} are the most that is read`;
    throw new KpiError('CONFIG_FILE', message);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [broken] = document.errors;
  if (broken) {
    throw new KpiError('CONFIG_FILE', `${file}:${lines.linePos(broken.pos[0]).line} ${broken.message}`);
  }
  const parsed = configSchema.safeParse(valueOf(document, file) ?? {});
  if (parsed.success) {
    return parsed.data;
  }
  const mistakes = parsed.error.issues
    .map((issue) => ({ line: lineOf(issue, document, lines), text: textOf(issue) }))
    .sort((a, b) => a.line - b.line)
    .map(({ line, text: mistake }) => `${file}:${line} ${mistake}`);
  throw new KpiError('CONFIG_FILE', mistakes.join('\n'), { mistakes });
}

/** @throws KpiError CONFIG_FILE for aliases of aliases */
function valueOf(document: ReturnType<typeof parseDocument>, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 50 });
  } catch (cause) {
    throw new KpiError('CONFIG_FILE', `${file} ${(cause as Error).message}`, undefined, { cause });
  }
}

function lineOf(issue: z.core.$ZodIssue, document: ReturnType<typeof parseDocument>, lines: LineCounter): number {
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]!] : issue.path;
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true) as { range?: [number, number, number] } | undefined;
    if (node?.range) {
      return lines.linePos(node.range[0]).line;
    }
  }
  return 1;
}

function textOf(issue: z.core.$ZodIssue): string {
  const where = issue.path.join('.');
  return where ? `\`${where}\`: ${issue.message}` : issue.message;
}
