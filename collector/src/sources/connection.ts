/** Systems that several KPIs read from, as `kpi-monitor.yaml` names them. Texts still hold their `${env:…}`. */
import { KpiError } from '@kpi-monitor/model/errors';

export interface PostgresConnection {
  kind: 'postgres';
  /** `postgres://user:password@host:port/database` */
  url: string;
}

export interface MysqlConnection {
  kind: 'mysql';
  /** `mysql://user:password@host:port/database`, of MySQL or MariaDB */
  url: string;
  /** encrypted, and the server's certificate checked */
  tls?: boolean;
  /** zone of the session: the business's (default), or whichever the server has */
  time_zone?: 'business' | 'server';
}

/** A database in a file of this machine. */
export interface FileConnection {
  kind: 'sqlite' | 'duckdb';
  /** absolute */
  path: string;
}

export type SqlConnection = PostgresConnection | MysqlConnection | FileConnection;
export type Connection = SqlConnection;
export type Connections = Readonly<Record<string, Connection>>;

/**
 * The connection of that name, of one of the kinds that the source can read.
 * @throws KpiError KPI_SOURCE
 */
export function connectionOf<K extends Connection['kind']>(
  connections: Connections,
  name: string,
  kinds: readonly K[]
): Extract<Connection, { kind: K }> {
  const found = Object.hasOwn(connections, name) ? connections[name]! : null;
  if (!found) {
    const known = Object.keys(connections).join(', ') || 'none';
    throw new KpiError('KPI_SOURCE', `kpi-monitor.yaml has no connection \`${name}\`; it has ${known}`, {
      connection: name,
    });
  }
  if (!(kinds as readonly string[]).includes(found.kind)) {
    const message = `the connection \`${name}\` is of kind ${found.kind}; this source reads ${kinds.join(', ')}`;
    throw new KpiError('KPI_SOURCE', message, { connection: name });
  }
  return found as Extract<Connection, { kind: K }>;
}
