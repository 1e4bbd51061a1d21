/**
 * The registry of coded errors. Each code has the HTTP status it travels with and one sentence that
 * says what is wrong; `docs/errors.md` mirrors it with symptoms, cause and remedy.
 */
export const ERRORS = {
  KPI_FILE_SYNTAX: [400, 'the file is not valid YAML'],
  KPI_FILE_SCHEMA: [400, 'a field is missing, unknown or of the wrong kind'],
  KPI_ID_DUPLICATE: [400, 'two files define the same KPI'],
  KPI_ID_FILE: [400, 'the file is not named after the KPI that it defines'],
  KPI_UNKNOWN: [404, 'no KPI of that name is in the catalogue'],
  KPI_CATEGORY_UNKNOWN: [404, 'no KPI belongs to that category'],
  KPI_DIMENSION_UNKNOWN: [400, 'the KPI does not declare that dimension'],
  KPI_THRESHOLD_ORDER: [400, 'the thresholds are not ordered from mild to severe'],
  KPI_THRESHOLD_NOISE: [400, 'usual variation crosses the threshold'],
  KPI_THRESHOLD_FORM: [400, 'the thresholds do not fit the direction or the form'],
  KPI_TARGET_MISSING: [400, 'thresholds relative to a target need a target'],
  KPI_PHASING: [400, 'the phasing does not fit the year'],
  KPI_GRAIN: [400, 'the grains of the KPI do not fit each other'],
  KPI_GRAIN_TOO_FINE: [400, 'the asked grain is finer than the KPI has'],
  KPI_ROLLUP_REFUSED: [400, 'the KPI may not be rolled up this way'],
  KPI_FORMULA_SYNTAX: [400, 'the formula cannot be read'],
  KPI_FORMULA_UNKNOWN: [400, 'the formula names an unknown KPI, measure or function'],
  KPI_FORMULA_CYCLE: [400, 'formulas refer to each other in a circle'],
  KPI_CURRENCY_MIXED: [400, 'amounts in different currencies cannot be combined'],
  KPI_ALERT_OVER: [409, 'there is no such alert to acknowledge any more'],
  KPI_REMARK_UNKNOWN: [404, 'there is no such acknowledgement or note'],
  KPI_SOURCE: [400, 'the source is not complete'],
  KPI_EDIT_CONFLICT: [409, 'somebody else has changed it since it was read'],
  KPI_EDIT_REVISION: [428, 'the change does not say which revision it was made from'],
  CATALOGUE_EMPTY: [400, 'the folder holds no KPI'],
  CONFIG_FILE: [400, 'the configuration cannot be read'],
  CONFIG_SECRET: [400, 'a secret that the configuration refers to is not set'],
  QUERY_INVALID: [400, 'the query does not fit the schema'],
  QUERY_VERSION: [400, 'the query is of a version that this engine does not know'],
  QUERY_TYPE: [400, 'the engine does not answer that query type'],
  QUERY_RANGE: [400, 'the time range is empty or cannot be read'],
  QUERY_TOO_LARGE: [413, 'the query asks for more than the engine answers at once'],
  ACCESS_TOKEN: [401, 'the token is missing or wrong'],
  ACCESS_SCOPE: [403, 'the token does not have the scope that this needs'],
  ACCESS_RATE: [429, 'the client asks more often than it may'],
  ACCESS_ROLE: [403, 'the role of the user does not allow this'],
  ACCESS_HOST: [403, 'the request names a host or origin that is not served here'],
  NOT_FOUND: [404, 'there is nothing at this address'],
  REQUEST_INVALID: [400, 'the request cannot be read'],
  STORE_UNREACHABLE: [503, 'the store cannot be reached'],
  STORE_REFUSED: [502, 'the store refused the request'],
  STORE_SCHEMA_NEWER: [500, 'the store was written by a newer version'],
  STORE_ZONE: [500, 'the store was written for another time zone'],
  STORE_LOCKED: [500, 'another process holds the store'],
  SOURCE_UNREACHABLE: [502, 'the source cannot be reached'],
  SOURCE_REFUSED: [502, 'the source refused the request'],
  SOURCE_TIMEOUT: [504, 'the source did not answer in time'],
  SOURCE_NOT_READY: [503, 'the source says that its values are not complete yet'],
  SOURCE_FORMAT: [502, 'the source answered in a form that the mapping does not fit'],
  RECORD_FORM: [422, 'a record does not have the form that its source promises'],
  RECORD_PERIOD: [422, 'the period of a record cannot be read'],
  RECORD_VALUE: [422, 'the value of a record is not a number'],
  RECORD_WEIGHT: [422, 'the weight of a record is not a number above zero'],
  RECORD_RANGE: [422, 'the value of a record lies outside of what the KPI allows'],
  RECORD_DIMENSION: [422, 'a record carries a dimension that the KPI does not declare'],
  RECORD_FUTURE: [422, 'the period of a record has not begun yet'],
  RECORD_DUPLICATE: [422, 'two records of one read have the same key'],
  RECORD_SOURCE: [422, 'the KPI of a record does not take pushes'],
  RECORD_REFUSED: [422, 'the store refused the record'],
  HOOK_UNKNOWN: [404, 'no KPI takes events at this address'],
  HOOK_SIGNATURE: [401, 'the signature of an event is missing or wrong'],
  HOOK_OLD: [403, 'an event was signed at another time than now'],
  JOURNAL_FULL: [507, 'the journal holds as much as it may'],
  JOURNAL_DISK: [507, 'the journal cannot be written'],
  JOURNAL_LOCKED: [500, 'another process writes the journal'],
  ENGINE_UNREACHABLE: [502, 'Grafana cannot reach the KPI engine'],
  ENGINE_ANSWER: [502, 'what answers at the URL of the engine is not a KPI engine'],
  ENGINE_ADDRESS: [400, 'the data source has no usable engine URL'],
  ALERT_RULE_FORM: [400, 'an alert rule file is not as Grafana reads it'],
  ALERT_RULE_EXPRESSION: [400, 'an alert rule uses an expression that is not evaluated here'],
  GRAFANA_UNREACHABLE: [502, 'Grafana cannot be reached'],
  GRAFANA_ACCESS: [403, 'Grafana does not let this user do that'],
  GRAFANA_REFUSED: [502, 'Grafana refused the request'],
  ALERTS_TWICE: [409, 'the same rules are provisioned from files'],
  INTERNAL: [500, 'something went wrong that nobody foresaw'],
} as const satisfies Record<string, readonly [number, string]>;

export type ErrorCode = keyof typeof ERRORS;

/** What crosses a wire, a log or a terminal when something is wrong. */
export interface ErrorBody {
  code: ErrorCode;
  message: string;
  details?: Record<string, unknown>;
}

/** An error with a code of the registry; its message says what was wrong, with the value, and what to do. */
export class KpiError extends Error {
  readonly status: number;

  constructor(
    readonly code: ErrorCode,
    message: string = ERRORS[code][1],
    readonly details?: Record<string, unknown>,
    options?: ErrorOptions
  ) {
    super(message, options);
    this.name = 'KpiError';
    this.status = ERRORS[code][0];
  }

  get body(): ErrorBody {
    return { code: this.code, message: this.message, ...(this.details && { details: this.details }) };
  }
}

/** Any thrown thing as a coded error; what has no code becomes `INTERNAL`, with the original as its cause. */
export function asKpiError(thrown: unknown): KpiError {
  if (thrown instanceof KpiError) {
    return thrown;
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new KpiError('INTERNAL', message, undefined, { cause: thrown });
}

/** Takes `CODE: message` apart, the form in which an error travels inside a query's answer. */
export function readError(text: string): ErrorBody {
  const [, code, message] = /^([A-Z][A-Z_]+): ([^]*)$/.exec(text) ?? [];
  return code !== undefined && code in ERRORS
    ? { code: code as ErrorCode, message: message! }
    : { code: 'INTERNAL', message: text };
}
