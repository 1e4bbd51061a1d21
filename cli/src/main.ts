/** `kpi`: the operators' command. */
import { asKpiError } from '@kpi-monitor/model/errors';
import { Command } from 'commander';

import packageJson from '../package.json';

import { type AlertsOptions, alertsInstall, alertsList, alertsRemove } from './commands/alerts';
import { alertsBacktest, type BacktestCommand } from './commands/alerts-backtest';
import { backfill, type BackfillOptions } from './commands/backfill';
import { check } from './commands/check';
import { list } from './commands/list';
import type { CommonOptions, Output } from './commands/options';
import { run, type RunOptions } from './commands/run';
import { schema } from './commands/schema';
import { red } from './terminal/color';

const { version } = packageJson;
const out: Output = { line: (text) => void process.stdout.write(`${text}\n`) };
const program = new Command('kpi').description('Collect, judge and show KPIs').version(version);

const command = (name: string, description: string) =>
  program
    .command(name)
    .description(description)
    .option('-c, --config <file>', 'the configuration (default: kpi-monitor.yaml)')
    .option('--catalogue <folder>', 'the KPI files (default: what the configuration says)')
    .option('--json', 'answer in JSON');

command('check', 'name every mistake of the catalogue, with file, line and remedy').action((options: CommonOptions) =>
  end(() => check(options, out, version))
);
command('list', 'the KPIs, and where they stand when an instance runs').action((options: CommonOptions) =>
  end(() => list(options, out))
);
command('run', 'collect on schedule and answer queries over HTTP')
  .option('--host <host>', 'where it listens (default: 127.0.0.1)')
  .option('--port <port>', 'default: 8484')
  .action((options: RunOptions) => end(() => run(options, out, version)));
command('backfill', 'read a stretch of history')
  .argument('[kpi...]', 'ids; all when absent')
  .option('--from <date>', 'first day, YYYY-MM-DD')
  .option('--to <date>', 'the day after the last')
  .action((kpis: string[], options: BackfillOptions) => end(() => backfill(kpis, options, out, version)));

const alerts = program.command('alerts').description('alert rules in Grafana that can be edited there');
const alertsCommand = (name: string, description: string) =>
  alerts
    .command(name)
    .description(description)
    .option('--url <url>', "Grafana's address (default: GRAFANA_URL)")
    .option('--token-file <file>', 'holds the token of a service account (default: GRAFANA_TOKEN)')
    .option('--rules <folder>', 'the files of the rules (default: provisioning/alerting)')
    .option('-c, --config <file>', 'the configuration (default: kpi-monitor.yaml)')
    .option('--catalogue <folder>', 'the KPI files (default: what the configuration says)')
    .option('--json', 'answer in JSON');
alertsCommand('install', 'write rules, contact points and policies that are yours; what you have edited stays')
  .option('--dry-run', 'only say what would be done')
  .option('--reset', 'write them anew, edited or not')
  .option('--beside', 'though the same rules are provisioned from files')
  .action((options: AlertsOptions) => end(() => alertsInstall(options, out)));
alertsCommand('list', 'the rules that ask KPI Monitor').action((options: AlertsOptions) =>
  end(() => alertsList(options, out))
);
alertsCommand('remove', 'take away what install has written')
  .option('--dry-run', 'only say what would be done')
  .action((options: AlertsOptions) => end(() => alertsRemove(options, out)));
alerts
  .command('backtest')
  .description('how often a rule would have fired over a stretch of history, and how many messages that is')
  .argument('<rule>', 'a file with the rule, or the uid of a provisioned one')
  .requiredOption('--from <time>', 'a date, an instant or now-1y')
  .option('--to <time>', 'likewise; default now')
  .option('--kpis <ids>', 'these alone, separated by commas')
  .option('--uid <uid>', 'which rule of the file')
  .option('-c, --config <file>', 'the configuration (default: kpi-monitor.yaml)')
  .option('--catalogue <folder>', 'the KPI files (default: what the configuration says)')
  .option('--json', 'answer in JSON')
  .action((rule: string, options: BacktestCommand) => end(() => alertsBacktest(rule, options, out, version)));
program
  .command('schema')
  .description('the JSON Schema of a KPI file, for editors')
  .action(() => end(async () => schema(out)));

/** Runs a command; a refusal is printed with its code and makes the exit code 1. */
async function end(work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (thrown) {
    const { code, message } = asKpiError(thrown);
    process.stderr.write(message.startsWith(code) ? `${message}\n` : `${red(code)} ${message}\n`);
    process.exitCode = 1;
  }
}

// `kpi list | head` closes the pipe early; that is no mistake.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

await program.parseAsync();
