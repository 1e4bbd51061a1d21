/** The command `kpi` with everything that it understands: one tree, which help and completion are made from, too. */
import { KINDS } from '@kpi-monitor/model/catalogue/schema';
import { asKpiError, type KpiError } from '@kpi-monitor/model/errors';
import { GRAINS } from '@kpi-monitor/model/time/grain';
import { Command, Option } from 'commander';

import { type AlertsOptions, alertsInstall, alertsList, alertsRemove } from './commands/alerts';
import { alertsBacktest, type BacktestCommand } from './commands/alerts-backtest';
import { backfill, type BackfillOptions } from './commands/backfill';
import { check } from './commands/check';
import { exportKpis, type ExportOptions } from './commands/export';
import { list } from './commands/list';
import { newKpi, type NewOptions } from './commands/new';
import { completion, type CompletionOptions } from './commands/completion';
import type { CommonOptions, Output } from './commands/options';
import { type ReplayCommand, replayLetters } from './commands/replay';
import { run, type RunOptions } from './commands/run';
import { schema } from './commands/schema';
import { status } from './commands/status';
import { testSource, type TestSourceOptions } from './commands/test-source';
import { token, type TokenCommand } from './commands/token';
import { tryKpi, type TryOptions } from './commands/try';
import { EXIT_TEXT, exitCodeOf } from './exit-code';
import { redError } from './terminal/color';

export interface ProgramOptions {
  version: string;
  out: Output;
  /** what is streamed */
  stdout: NodeJS.WritableStream;
  /** for what is said about failures */
  err: (text: string) => void;
  /** told how the command has ended */
  ended: (exitCode: number) => void;
}

export function createProgram({ version, out, stdout, err, ended }: ProgramOptions): Command {
  const program = new Command('kpi')
    .description('Collect, judge and show KPIs')
    .version(version)
    .showHelpAfterError('(see --help)')
    .exitOverride()
    .addHelpText('after', `\n${EXIT_TEXT}`);

  /** Runs a command; a refusal is told with its code, and as a document where JSON was asked for. */
  const end = async ({ json }: Pick<CommonOptions, 'json'>, work: () => Promise<number>): Promise<void> => {
    try {
      ended(await work());
    } catch (thrown) {
      const error = asKpiError(thrown);
      if (json) {
        out.line(JSON.stringify({ error: error.body }));
      }
      err(errorText(error));
      ended(exitCodeOf(error));
    }
  };
  const command = (name: string, description: string, parent = program) =>
    parent
      .command(name)
      .description(description)
      .option('-c, --config <file>', 'the configuration (default: kpi-monitor.yaml)')
      .option('--catalogue <folder>', 'the KPI files (default: what the configuration says)')
      .option('--shard <n/of>', 'one of several collectors, as 1/3 (default: what the configuration says)')
      .option('--json', 'answer with one JSON document');

  command('check', 'name every mistake of the catalogue, with file, line and remedy')
    .addHelpText('after', examples('kpi check', 'kpi check --catalogue kpis --json'))
    .action((options: CommonOptions) => end(options, () => check(options, out, version)));
  command('list', 'the KPIs, and where they stand when an instance runs')
    .addHelpText('after', examples('kpi list', 'kpi list --json | jq -r .kpis[].id'))
    .action((options: CommonOptions) => end(options, () => list(options, out)));
  command('new', 'write the file of a new KPI: asks, or takes options')
    .option('--id <id>', 'the key in the store (default: from the name)')
    .option('--name <name>', 'as people call it')
    .option('--category <id>', 'of the catalogue (default: its first)')
    .addOption(new Option('--kind <kind>', 'how it behaves (default: flow)').choices(KINDS))
    .option('--unit <unit>', "Grafana's name of it (default: none)")
    .addOption(new Option('--direction <way>', 'which way is good (default: up)').choices(['up', 'down', 'range']))
    .addOption(
      new Option('--grain <grain>', 'the step at which values arrive (default: by the file, else day)').choices(GRAINS)
    )
    .option('--source <kind>', 'csv, file, http, sql, push, …: where values come from')
    .option('--path <file>', 'of a csv or file source')
    .option('--period <column>', 'of a csv or file source (default: what looks like it in a CSV)')
    .option('--value <column>', 'likewise')
    .option('--dimensions <names>', 'what it can be split by: region,channel=Channel')
    .option('--url <url>', 'of an http source')
    .option('--map <jsonata>', 'of an http source')
    .option('--connection <name>', 'of an sql source')
    .option('--query <sql>', 'of an sql source')
    .option('--set <field=value...>', 'any other field of the source, such as every=15m')
    .addHelpText(
      'after',
      examples(
        'kpi new',
        'kpi new --name Orders --source csv --path orders.csv --dimensions region',
        'kpi new --name "Sign-ups" --source push --set every=5m'
      )
    )
    .action((options: NewOptions) => end(options, () => newKpi(options, out)));
  command('try', 'read the source of a KPI once, and see what would come of it; writes nothing')
    .argument('<kpi>', 'id')
    .option('--from <date>', 'first day, YYYY-MM-DD (default: what the next read covers)')
    .option('--to <date>', 'the day after the last')
    .option('--rows <n>', 'records that are shown (default: 10)')
    .addHelpText('after', examples('kpi try orders', 'kpi try orders --from 2026-01-01 --to 2026-02-01 --rows 50'))
    .action((id: string, options: TryOptions) => end(options, () => tryKpi(id, options, out, version)));
  command('test-source', "whether a KPI's source keeps to what the collector relies on; writes nothing")
    .argument('<kpi>', 'id')
    .option('--from <date>', 'first day, YYYY-MM-DD (default: what the next read covers)')
    .option('--to <date>', 'the day after the last')
    .addHelpText('after', examples('kpi test-source signups --from 2026-03-01 --to 2026-03-08'))
    .action((id: string, options: TestSourceOptions) => end(options, () => testSource(id, options, out)));
  command('run', 'collect on schedule and answer queries over HTTP, until it is told to stop')
    .option('--host <host>', 'where it listens (default: 127.0.0.1)')
    .option('--port <port>', 'default: 8484')
    .addHelpText('after', examples('kpi run', 'kpi run --port 9000'))
    .action((options: RunOptions) => end(options, () => run(options, out, version)));
  command('status', 'of each KPI: when it was read, its newest value, what fails, and what waits for the store')
    .argument('[kpi...]', 'ids, for all that is known of them')
    .addHelpText('after', examples('kpi status', 'kpi status orders', 'kpi status --json | jq .waiting'))
    .action((kpis: string[], options: CommonOptions) => end(options, () => status(kpis, options, out, version)));
  command('backfill', 'read a stretch of history')
    .argument('[kpi...]', 'ids; all when absent')
    .option('--from <date>', 'first day, YYYY-MM-DD')
    .option('--to <date>', 'the day after the last')
    .option('--restart', 'read all of it, also what an earlier one that was ended has read')
    .addHelpText('after', examples('kpi backfill', 'kpi backfill orders revenue --from 2024-01-01'))
    .action((kpis: string[], options: BackfillOptions) => end(options, () => backfill(kpis, options, out, version)));

  command('replay', 'store the records that were refused and fit the catalogue by now')
    .argument('[kpi...]', 'ids; all when absent')
    .option('--code <codes>', 'with these reasons, separated by commas: RECORD_RANGE,KPI_UNKNOWN')
    .option('--from <date>', 'refused on that day or later, YYYY-MM-DD')
    .option('--to <date>', 'refused before that day')
    .option('--dry-run', 'list them, and only say what would be done')
    .option('--overwrite', 'also where there is a value for the same period and dimensions by now')
    .option('--discard', 'take them away, without storing anything')
    .option('--rows <n>', 'records that are listed (default: 30)')
    .addHelpText(
      'after',
      examples('kpi replay --dry-run', 'kpi replay orders --code RECORD_RANGE', 'kpi replay --discard --to 2026-01-01')
    )
    .action((kpis: string[], options: ReplayCommand) => end(options, () => replayLetters(kpis, options, out, version)));

  command('export', 'values of KPIs, with their status, as CSV or JSON')
    .argument('[kpi...]', 'ids; all when absent')
    .option('--from <date>', 'first day, YYYY-MM-DD (default: a year before --to)')
    .option('--to <date>', 'the day after the last (default: tomorrow)')
    .addOption(new Option('--grain <grain>', 'default: the one that each KPI is judged at').choices(GRAINS))
    .option('--split <dimension>', 'a row for each of its members')
    .addOption(
      new Option('--format <format>', 'default: by the name of --out, else csv').choices(['csv', 'json', 'ndjson'])
    )
    .option('--out <file>', 'written as a whole or not at all (default: standard output)')
    .addHelpText(
      'after',
      examples(
        'kpi export revenue --from 2025-01-01 > revenue.csv',
        'kpi export revenue orders --grain day --split region --out values.ndjson'
      )
    )
    .action((kpis: string[], options: ExportOptions) => end(options, () => exportKpis(kpis, options, stdout, version)));

  const alerts = program.command('alerts').description('alert rules in Grafana that can be edited there');
  const alertsCommand = (name: string, description: string) =>
    command(name, description, alerts)
      .option('--url <url>', "Grafana's address (default: GRAFANA_URL)")
      .option('--token-file <file>', 'holds the token of a service account (default: GRAFANA_TOKEN)')
      .option('--rules <folder>', 'the files of the rules (default: provisioning/alerting)');
  alertsCommand('install', 'write rules, contact points and policies that are yours; what you have edited stays')
    .option('--dry-run', 'only say what would be done')
    .option('--reset', 'write them anew, edited or not')
    .option('--beside', 'though the same rules are provisioned from files')
    .action((options: AlertsOptions) => end(options, () => alertsInstall(options, out)));
  alertsCommand('list', 'the rules that ask KPI Monitor').action((options: AlertsOptions) =>
    end(options, () => alertsList(options, out))
  );
  alertsCommand('remove', 'take away what install has written')
    .option('--dry-run', 'only say what would be done')
    .action((options: AlertsOptions) => end(options, () => alertsRemove(options, out)));
  command(
    'backtest',
    'how often a rule would have fired over a stretch of history, and how many messages that is',
    alerts
  )
    .argument('<rule>', 'a file with the rule, or the uid of a provisioned one')
    .requiredOption('--from <time>', 'a date, an instant or now-1y')
    .option('--to <time>', 'likewise; default now')
    .option('--kpis <ids>', 'these alone, separated by commas')
    .option('--uid <uid>', 'which rule of the file')
    .addHelpText('after', examples('kpi alerts backtest kpi-critical --from now-1y'))
    .action((rule: string, options: BacktestCommand) =>
      end(options, () => alertsBacktest(rule, options, out, version))
    );

  program
    .command('token')
    .description('make a token for a client; it is shown once, and the configuration gets its hash')
    .argument('<name>', 'of the client, for logs')
    .option('--scopes <list>', 'read, write, admin, push, act-as; separated by commas', 'push')
    .option('--kpis <list>', 'what it may push: ids, or their beginnings as shop_*; separated by commas')
    .option('--until <date>', 'the last day on which it counts, YYYY-MM-DD')
    .option('--json', 'answer with one JSON document')
    .addHelpText('after', examples('kpi token shop', 'kpi token kiosk --kpis "kiosk_*" --until 2027-06-30'))
    .action((name: string, options: TokenCommand) => end(options, async () => token(name, options, out)));
  program
    .command('schema')
    .description('the JSON Schema of a KPI file, for editors')
    .addHelpText('after', examples('kpi schema > kpis/kpi.schema.json'))
    .action(() => end({}, async () => schema(out)));
  program
    .command('completion')
    .description('the script by which a shell completes this command')
    .argument('[shell]', 'bash, zsh or fish')
    .option('--ids', 'the ids of the catalogue in place of a script')
    .addHelpText(
      'after',
      examples(
        'source <(kpi completion bash)      # in ~/.bashrc',
        'kpi completion zsh > "${fpath[1]}/_kpi"',
        'kpi completion fish > ~/.config/fish/completions/kpi.fish'
      )
    )
    .action((shell: string | undefined, options: CompletionOptions) =>
      end({}, async () => completion(shell, options, program, out))
    );
  return program;
}

function errorText(error: KpiError): string {
  const { code, message } = error;
  return message.startsWith(code) ? message : `${redError(code)} ${message}`;
}

function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
