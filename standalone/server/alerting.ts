/** What alerting in standalone needs of the house. */
import { join, resolve } from 'node:path';

import type { House } from '@kpi-monitor/cli/compose/house';

import type { AlertingOptions } from '../alerting/alerting';

import { DATASOURCE } from './datasource';

export function alertingOptions(
  { config, engine, collector }: Pick<House, 'config' | 'engine' | 'collector'>,
  root: string
): Omit<AlertingOptions, 'log'> {
  return {
    config,
    engine,
    datasource: DATASOURCE.uid,
    folder: config.rules === undefined ? join(root, 'provisioning/alerting') : resolve(config.folder, config.rules),
    root: config.rules === undefined ? root : config.folder,
    ready() {
      const sources = collector.status();
      const read = sources.filter(({ lastRead }) => lastRead !== null).length;
      // What is judged by half of its history would be told falsely.
      return read < sources.length
        ? `Rules are evaluated once the history is read: ${read} of ${sources.length} sources.`
        : '';
    },
  };
}
