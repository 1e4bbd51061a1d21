/** One DuckDB file: opened once, with a connection that writes and one that reads, each taking turns. */
import { mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

import { type DuckDBConnection, DuckDBInstance, type DuckDBMaterializedResult } from '@duckdb/node-api';
import { asKpiError, KpiError } from '@kpi-monitor/model/errors';

import { Turns } from '../turns';

export const MEMORY = ':memory:';

/**
 * Files that this process holds. DuckDB opens one twice without a word, and closing either then drops the lock that
 * keeps other processes out.
 */
const held = new Set<string>();

/** Whether this process has the file open as its store. */
export function isHeld(path: string): boolean {
  try {
    return held.has(join(realpathSync(dirname(resolve(path))), basename(path)));
  } catch {
    return false;
  }
}

export class Database {
  private readonly writing = new Turns();
  private readonly reading = new Turns();

  private constructor(
    private readonly file: string,
    private readonly instance: DuckDBInstance,
    private readonly writer: DuckDBConnection,
    private readonly reader: DuckDBConnection
  ) {}

  /** @throws KpiError STORE_LOCKED, STORE_UNREACHABLE, STORE_REFUSED */
  static async open(path: string, memoryLimit: string): Promise<Database> {
    const file = path === MEMORY ? path : fileAt(path);
    if (held.has(file)) {
      throw locked(file, 'this process has it open already');
    }
    if (file !== MEMORY) {
      held.add(file);
    }
    try {
      const instance = await DuckDBInstance.create(file, {
        memory_limit: memoryLimit,
        // nothing is ever fetched from the network
        autoinstall_known_extensions: 'false',
        autoload_known_extensions: 'false',
      });
      return new Database(file, instance, await instance.connect(), await instance.connect());
    } catch (error) {
      held.delete(file);
      throw whyNot(file, error);
    }
  }

  /**
   * Runs `work` alone among writers, in a transaction: all of it holds or nothing. `committed` runs before the next
   * writer's turn.
   */
  write<T>(work: (connection: DuckDBConnection) => Promise<T>, committed?: (result: T) => void): Promise<T> {
    return this.writing.take(async () => {
      try {
        await this.writer.run('BEGIN');
        const result = await work(this.writer);
        await this.writer.run('COMMIT');
        committed?.(result);
        return result;
      } catch (error) {
        await this.writer.run('ROLLBACK').catch(() => undefined);
        throw whyNot(this.file, error);
      }
    });
  }

  read<T>(work: (run: DuckDBConnection['run']) => Promise<T>): Promise<T> {
    return this.reading.take(async () => {
      try {
        return await work((...query): Promise<DuckDBMaterializedResult> => this.reader.run(...query));
      } catch (error) {
        throw whyNot(this.file, error);
      }
    });
  }

  /** Waits for what runs, then lets the file go. */
  async close(): Promise<void> {
    await Promise.all([this.writing.idle(), this.reading.idle()]);
    this.writer.closeSync();
    this.reader.closeSync();
    this.instance.closeSync();
    held.delete(this.file);
  }
}

function fileAt(path: string): string {
  const absolute = resolve(path);
  try {
    mkdirSync(dirname(absolute), { recursive: true });
    return join(realpathSync(dirname(absolute)), basename(absolute));
  } catch (error) {
    throw new KpiError('STORE_UNREACHABLE', `no folder for ${absolute}: ${asKpiError(error).message}`, undefined, {
      cause: error,
    });
  }
}

function whyNot(file: string, error: unknown): KpiError {
  if (error instanceof KpiError) {
    return error;
  }
  const { message } = asKpiError(error);
  if (/could not set lock|conflicting lock/i.test(message)) {
    const pid = /PID (\d+)/.exec(message)?.[1];
    return locked(file, pid ? `process ${pid} has it open` : 'another process has it open');
  }
  if (/not a valid DuckDB database/i.test(message)) {
    return new KpiError('STORE_REFUSED', `${file} is no DuckDB file; name another path`, undefined, { cause: error });
  }
  const code = /^(IO|FATAL|Connection|INTERNAL) Error/i.test(message) ? 'STORE_UNREACHABLE' : 'STORE_REFUSED';
  return new KpiError(code, `DuckDB ${file}: ${message}`, undefined, { cause: error });
}

function locked(file: string, why: string): KpiError {
  return new KpiError(
    'STORE_LOCKED',
    `${file}: ${why}, and DuckDB lets in one at a time; stop it, or talk to the running instance over HTTP`,
    { path: file }
  );
}
