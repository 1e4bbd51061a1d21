/**
 * One of several collectors that share a catalogue and a store: each has a data folder, and so a journal, of its own, in
 * the one that the configuration names.
 */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { Shard } from '@kpi-monitor/collector/shard';
import { KpiError } from '@kpi-monitor/model/errors';

import type { LoadedConfig } from './read';

/** `2/3` is the second of three. @throws KpiError CONFIG_FILE */
export function shardFrom(text: string): Shard {
  const [, number, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? [];
  const shard = { index: Number(number) - 1, of: Number(of) };
  if (!of || shard.index < 0 || shard.index >= shard.of) {
    throw new KpiError('CONFIG_FILE', `--shard ${text} is none; write 1/3, 2/3 and 3/3 for three collectors`);
  }
  return shard;
}

/** @throws KpiError CONFIG_FILE for a store that several processes cannot share */
export function withShard(config: LoadedConfig, asked?: string): LoadedConfig {
  const shard = asked === undefined ? config.shard : shardFrom(asked);
  if (!shard || shard.of === 1) {
    return { ...config, shard: undefined };
  }
  if (shard.index >= shard.of) {
    const message = `shard: index ${shard.index} is none of ${shard.of}; they count from 0`;
    throw new KpiError('CONFIG_FILE', `${config.file} ${message}`);
  }
  if (config.store.kind === 'duckdb') {
    const message =
      'several collectors need a store that all of them reach: influxdb; the embedded one is of one process';
    throw new KpiError('CONFIG_FILE', `shard ${shardText(shard)}: ${message}`);
  }
  return { ...config, shard, dataFolder: join(config.dataFolder, folderOf(shard.index)) };
}

/** `shard 2 of 3` without the first word. */
export function shardText({ index, of }: Shard): string {
  return `${index + 1} of ${of}`;
}

/** The data folders in which instances may run: that of the configuration and those of its shards. */
export function instanceFolders({ dataFolder, shard }: Pick<LoadedConfig, 'dataFolder' | 'shard'>): string[] {
  const names = shard ? [] : foldersIn(dataFolder).filter((name) => SHARD_FOLDER.test(name));
  return [dataFolder, ...names.sort().map((name) => join(dataFolder, name))];
}

/** What all shards of this machine may use: the data folder that the configuration names. */
export function commonFolder({ dataFolder, shard }: Pick<LoadedConfig, 'dataFolder' | 'shard'>): string {
  return shard ? dirname(dataFolder) : dataFolder;
}

const SHARD_FOLDER = /^shard-\d+$/;

function folderOf(index: number): string {
  return `shard-${index + 1}`;
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
