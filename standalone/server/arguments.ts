/** What `npm start -- …` understands. */
import { parseArgs } from 'node:util';

import { KpiError } from '@kpi-monitor/model/errors';

export interface Arguments {
  host: string;
  port: number;
  /** folder of KPI files; the configuration's own when absent */
  catalogue?: string;
  config?: string;
  help: boolean;
}

export const USAGE = `npm start -- [options]     KPI Monitor on this machine, with nothing but Node

  --port N             where it listens (3000); 0 takes a free one
  --host H             who can reach it (127.0.0.1: this machine alone). Anything else needs a token in KPI_TOKEN
  --catalogue FOLDER   the KPI files (kpis); FOLDER may hold a kpi-monitor.yaml of its own
  --config FILE        the configuration (kpi-monitor.yaml)
  --help               this text`;

/** @throws KpiError REQUEST_INVALID naming the option */
export function readArguments(argv: readonly string[]): Arguments {
  const values = parse(argv);
  const port = Number(values.port ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new KpiError('REQUEST_INVALID', `--port ${values.port} is no port; give a number from 0 to 65535`);
  }
  const { host = '127.0.0.1', catalogue, config, help = false } = values;
  return { host, port, catalogue, config, help };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        host: { type: 'string' },
        port: { type: 'string' },
        catalogue: { type: 'string' },
        config: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new KpiError('REQUEST_INVALID', `${(error as Error).message}\n\n${USAGE}`);
  }
}
