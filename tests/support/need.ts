/** Finds the real programs that some tests run against, and says in one line what is skipped without them. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

const PLACES: Record<string, () => string[]> = {
  influxd: () => ['/usr/bin/influxd', '/usr/local/bin/influxd'],
  mariadbd: () => ['/usr/sbin/mariadbd'],
  prometheus: () => ['/usr/bin/prometheus'],
  postgres: () => debianPostgres().concat('/usr/local/bin/postgres', '/opt/homebrew/bin/postgres'),
  go: () => ['/usr/local/go/bin/go'],
};

function debianPostgres(): string[] {
  const root = '/usr/lib/postgresql';
  return existsSync(root) ? readdirSync(root).map((version) => `${root}/${version}/bin/postgres`) : [];
}

/**
 * The path of a program, or null when this machine lacks it and the test is to be skipped.
 * @throws Error in CI, where nothing may be skipped
 */
export function need(program: keyof typeof PLACES, what: string): string | null {
  const found = PLACES[program]!().find((path) => existsSync(path)) ?? onPath(program);
  if (!found) {
    if (process.env.CI === 'true') {
      throw new Error(`${what} needs ${program}, and CI skips nothing`);
    }
    process.stderr.write(`skipped: ${what} (no ${program} on this machine)\n`);
  }
  return found;
}

function onPath(program: string): string | null {
  try {
    return execFileSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}
