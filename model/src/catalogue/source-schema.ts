/** The form of `source:` in a KPI file: one schema a kind. */
import { z } from 'zod';

const duration = z
  .string()
  .regex(/^\d+\s*(ms|s|m|h|d|w)$/)
  .describe('a number and one of ms, s, m, h, d, w');

const sourceCommon = {
  every: duration.default('1h').describe('how often it is read'),
  jitter: duration.optional().describe('random delay before each read; default a tenth of `every`, at most 30 s'),
  timeout: duration.default('30s'),
  reread: duration.default('3d').describe('how far back each read goes'),
  missing: z.enum(['zero', 'gap', 'carry']).optional().describe('what an absent row means'),
  expected_by: z
    .string()
    .regex(/^period_end( \+ \d+ (working )?(hours?|days?))?( \d\d:\d\d)?$/)
    .optional()
    .describe('when a period is expected to be there, e.g. "period_end + 1 working day 06:00"'),
};

/** For sources that are asked for a window of time. */
const windowed = {
  since: z.iso
    .date()
    .optional()
    .describe('where its history begins: what the first read goes back to; default two judged periods'),
};

const csvColumns = {
  period: z.string().describe('column with the period'),
  value: z.string().describe('column with the value'),
  weight: z.string().optional(),
  dimensions: z.record(z.string(), z.string()).optional().describe('dimension: column'),
  format: z.string().optional().describe('luxon format of the period; default ISO 8601'),
  delimiter: z.string().max(1).optional(),
  decimal: z.enum(['.', ',']).default('.'),
  scale: z.number().optional().describe('factor that the values are multiplied by'),
};

/** Of text files; a byte order mark wins. */
const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'latin1', 'iso-8859-15', 'windows-1250'] as const;

const csvSource = z.strictObject({
  kind: z.literal('csv'),
  ...sourceCommon,
  path: z.string().describe('file, relative to the catalogue folder'),
  encoding: z.enum(ENCODINGS).optional().describe('default utf-8'),
  ...csvColumns,
});

const column = z
  .union([z.string().min(1), z.int().min(1)])
  .describe('a column by its name, its letter (A, B, …, AA) or its number from 1');

const fileSource = z
  .strictObject({
    kind: z.literal('file'),
    ...sourceCommon,
    path: z.string().min(1).describe('file, or a pattern such as sales/*.csv, relative to the catalogue folder'),
    format: z
      .enum(['csv', 'parquet', 'xlsx', 'json', 'ndjson'])
      .optional()
      .describe("default: what the file's name says; text may be packed by gzip"),
    period: column.optional().describe('column with the period'),
    value: column.optional().describe('column with the value'),
    weight: column.optional(),
    dimensions: z.record(z.string(), column).optional().describe('dimension: column'),
    map: z
      .string()
      .optional()
      .describe('JSON: JSONata expression giving [{period, value, weight?, <dimension>…}], instead of columns'),
    period_format: z
      .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
      .optional()
      .describe('luxon format of the period, or several that are tried in turn; default ISO 8601'),
    encoding: z.enum(ENCODINGS).optional().describe('of text; default utf-8'),
    delimiter: z.string().length(1).optional().describe('CSV: default the one that the first lines show'),
    decimal: z.enum(['.', ',']).default('.').describe('of numbers that are texts'),
    scale: z.number().optional().describe('factor that the values are multiplied by'),
    sheet: z
      .union([z.string().min(1), z.int().min(1)])
      .optional()
      .describe('XLSX: name or number of the sheet; default the first'),
    header: z
      .int()
      .min(0)
      .optional()
      .describe('row with the names of the columns, 0 for none; default the first that has all of them'),
    ignore: z
      .array(z.string().min(1))
      .optional()
      .describe('rows whose period begins with one of these are left out, e.g. [Total]'),
    settle: duration.default('500ms').describe('how long a file must have rested before it is read'),
    ready_when: z
      .string()
      .optional()
      .describe(
        'JSONata over {rows} of the last period that is over, $from to $to; until it is true for them, nothing is taken'
      ),
    ready_file: z
      .string()
      .min(1)
      .optional()
      .describe(
        'file, or a pattern, that has to be there for the last period that is over before anything is taken, e.g. done/{from:yyyyMMdd}.ok; without a date it has to be newer than that period'
      ),
  })
  .superRefine(({ map, period, value }, context) => {
    for (const [path, given] of Object.entries({ period, value })) {
      if ((given === undefined) === (map === undefined)) {
        const message = map === undefined ? 'name its column' : '`map` gives it; leave the column out';
        context.addIssue({ code: 'custom', path: [path], message });
      }
    }
  });

const secret = z
  .string()
  .regex(/\$\{(env|file):[^}]+\}/, 'a secret is given by reference: ${env:NAME} or ${file:PATH}')
  .describe('by reference: ${env:NAME} or ${file:PATH}');

const bearerAuth = z.strictObject({ kind: z.literal('bearer'), token: secret });
const basicAuth = z.strictObject({ kind: z.literal('basic'), user: z.string(), password: secret });

const httpAuth = z.discriminatedUnion('kind', [
  bearerAuth,
  basicAuth,
  z
    .strictObject({
      kind: z.literal('oauth'),
      token_url: z.url({ protocol: /^https?$/ }),
      client_id: z.string(),
      client_secret: secret,
      scope: z.string().optional(),
      audience: z.string().optional(),
      client_auth: z
        .enum(['basic', 'body'])
        .default('basic')
        .describe('how the client says to the token URL who it is'),
    })
    .describe('client credentials; the token is kept until it expires'),
]);

const most = z.int().min(1).max(100_000).default(1000).describe('pages that a read may have');
const httpPages = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('link'), most }).describe('the Link header names the next page (RFC 8288)'),
  z.strictObject({
    kind: z.literal('url'),
    next: z.string().describe('JSONata giving the address of the next page'),
    most,
  }),
  z.strictObject({ kind: z.literal('cursor'), next: z.string().describe('JSONata giving what {page} is next'), most }),
  z
    .strictObject({ kind: z.literal('page'), start: z.int().min(0).default(1), most })
    .describe('{page} is a number, until a page has no record'),
  z
    .strictObject({
      kind: z.literal('offset'),
      start: z.int().min(0).default(0),
      step: z.int().min(1).describe('records that a page has'),
      most,
    })
    .describe('{page} is the number of records before the page, until a page has no record'),
]);

const httpSource = z.strictObject({
  kind: z.literal('http'),
  ...sourceCommon,
  ...windowed,
  url: z.string().describe('may contain {from}, {to} (ISO dates of the business zone), {cursor} and {page}'),
  method: z.enum(['GET', 'POST']).default('GET'),
  headers: z.record(z.string(), z.string()).optional().describe('values may refer to ${env:NAME} or ${file:PATH}'),
  body: z.string().optional(),
  ready_when: z
    .string()
    .optional()
    .describe(
      'JSONata over the answer; until it is true for the last period that is over, $from to $to, nothing is taken'
    ),
  auth: httpAuth.optional(),
  format: z.enum(['json', 'csv']).default('json'),
  encoding: z.string().optional().describe('of the answer, e.g. windows-1252; default what it says itself, else UTF-8'),
  map: z.string().optional().describe('JSONata expression giving [{period, value, weight?, <dimension>…}] of JSON'),
  columns: z.strictObject(csvColumns).optional().describe('of CSV'),
  pages: httpPages.optional().describe('how the answer goes on; default: it has one page'),
  cursor: z
    .string()
    .optional()
    .describe('JSONata giving what {cursor} is in the next read; only what is new is asked for, and nothing withdrawn'),
  cursor_start: z.string().default('').describe('{cursor} of the first read'),
  retries: z.int().min(0).max(10).default(3).describe('repeats after 429, 502, 503, 504 and broken connections'),
});

const sqlSource = z.strictObject({
  kind: z.literal('sql'),
  ...sourceCommon,
  ...windowed,
  connection: z.string().describe('name of a connection in kpi-monitor.yaml'),
  query: z.string().describe('selects period, value, weight?, dimensions; may use :from, :to, :from_utc and :to_utc'),
  ready_when: z
    .string()
    .optional()
    .describe('selects one value; until it is true for the last period that is over, :from to :to, nothing is taken'),
});

const metricsServer = {
  ...sourceCommon,
  ...windowed,
  url: z.string().describe('of the server, e.g. http://host:9090; may refer to ${env:NAME}'),
  auth: z.discriminatedUnion('kind', [bearerAuth, basicAuth]).optional(),
  headers: z.record(z.string(), z.string()).optional().describe('values may refer to ${env:NAME} or ${file:PATH}'),
};

const prometheusSource = z.strictObject({
  kind: z.literal('prometheus'),
  ...metricsServer,
  query: z.string().describe("PromQL, evaluated at each period's end; $period is the period's length"),
  dimensions: z
    .record(z.string(), z.string())
    .optional()
    .describe('dimension: label; default all labels by their names'),
});

const influxqlSource = z.strictObject({
  kind: z.literal('influxql'),
  ...metricsServer,
  database: z.string().describe('or the bucket, of InfluxDB 2'),
  query: z
    .string()
    .describe('selects value and weight? between :from and :to; without GROUP BY time(…) asked once for each period'),
  dimensions: z.record(z.string(), z.string()).optional().describe('dimension: tag; default all tags by their names'),
});

const moduleSource = z.strictObject({
  kind: z.literal('module'),
  ...sourceCommon,
  ...windowed,
  path: z.string().min(1).describe('TypeScript or JavaScript file of your own, in the catalogue folder'),
  options: z
    .record(z.string(), z.unknown())
    .default({})
    .describe('what its `read` is given; texts may refer to ${env:NAME} or ${file:PATH}'),
});

const demoSource = z.strictObject({
  kind: z.literal('demo'),
  ...sourceCommon,
  series: z.string().optional().describe('series of the demo company; default: the id'),
});

const pushSource = z.strictObject({ kind: z.literal('push'), ...sourceCommon });

const webhookSignature = z.strictObject({
  header: z.string().min(1).describe('that holds the signature, e.g. X-Hub-Signature-256'),
  algorithm: z.enum(['hmac-sha256']).default('hmac-sha256'),
  encoding: z.enum(['hex', 'base64']).default('hex'),
  prefix: z.string().default('').describe('before the signature: sha256=, or v1= for one of several parts'),
  secret,
  secret_encoding: z.enum(['utf8', 'base64']).default('utf8'),
  signs: z.string().default('{body}').describe('what is signed, of {body}, {timestamp} and {id}'),
  timestamp: z
    .strictObject({
      header: z.string().min(1),
      prefix: z.string().default(''),
      tolerance: duration.default('5m').describe('how far from now it may be'),
    })
    .optional()
    .describe('when it was signed, so that a recorded event cannot be sent again'),
  id_header: z.string().optional().describe('header with the id of the event'),
  id: z.string().optional().describe('JSONata giving the id of the event; default: its signature'),
});

const webhookSource = z.strictObject({
  kind: z.literal('webhook'),
  ...sourceCommon,
  hook: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/)
    .optional()
    .describe('the address is /api/hooks/<hook>, which several KPIs may share; default: the id'),
  signature: webhookSignature,
  map: z.string().describe('JSONata giving [{period, value, weight?, <dimension>…}] of an event; nothing for others'),
});

export const source = z.discriminatedUnion('kind', [
  csvSource,
  fileSource,
  httpSource,
  sqlSource,
  prometheusSource,
  influxqlSource,
  moduleSource,
  pushSource,
  webhookSource,
  demoSource,
]);

export type Source = z.output<typeof source>;
export type CsvSource = z.output<typeof csvSource>;
export type CsvColumns = Omit<CsvSource, keyof typeof sourceCommon | 'kind' | 'path' | 'encoding'>;
export type FileSource = z.output<typeof fileSource>;
export type HttpSource = z.output<typeof httpSource>;
export type HttpAuth = z.output<typeof httpAuth>;
export type HttpPages = z.output<typeof httpPages>;
export type SqlSource = z.output<typeof sqlSource>;
/** What sources that ask a server of metrics have in common. */
export type MetricsServer = Pick<PrometheusSource, keyof typeof metricsServer>;
export type PrometheusSource = z.output<typeof prometheusSource>;
export type ModuleSource = z.output<typeof moduleSource>;
export type InfluxqlSource = z.output<typeof influxqlSource>;
export type WebhookSource = z.output<typeof webhookSource>;
export type WebhookSignature = z.output<typeof webhookSignature>;

/** The luxon formats that a source's periods are written in; none for ISO 8601. */
export function periodFormats(source: Source | undefined): readonly string[] {
  switch (source?.kind) {
    case 'csv':
      return [source.format ?? []].flat();
    case 'file':
      return [source.period_format ?? []].flat();
    case 'http':
      return [source.columns?.format ?? []].flat();
    default:
      return [];
  }
}
