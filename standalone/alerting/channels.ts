/** The two ways that standalone reaches people: mail and a webhook. */
import type { LoadedConfig } from '@kpi-monitor/cli/config/read';
import { createTransport } from 'nodemailer';

import type { ChannelName, Letter } from './letter';

export interface Channel {
  name: ChannelName;
  /** for people; holds no secret */
  description: string;
  /** Rejects when it was not taken; the reason holds no secret. */
  send(letter: Letter): Promise<void>;
}

const TIMEOUT = 20_000;

/** @throws KpiError CONFIG_SECRET naming a secret that is not set */
export function openChannels({
  mail,
  webhook,
  resolve,
}: Pick<LoadedConfig, 'mail' | 'webhook' | 'resolve'>): Channel[] {
  return [...(mail ? [mailChannel(mail, resolve)] : []), ...(webhook ? [webhookChannel(webhook, resolve)] : [])];
}

function mailChannel(mail: NonNullable<LoadedConfig['mail']>, resolve: (text: string) => string): Channel {
  const to = mail.to.map(resolve);
  const password = mail.password && resolve(mail.password);
  const user = mail.user && resolve(mail.user);
  const transport = createTransport({
    host: resolve(mail.host),
    port: mail.port,
    secure: mail.tls === 'always',
    requireTLS: mail.tls === 'required',
    ignoreTLS: mail.tls === 'never',
    ...(user && { auth: { user, pass: password } }),
    connectionTimeout: TIMEOUT,
    greetingTimeout: TIMEOUT,
    socketTimeout: TIMEOUT,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    name: 'mail',
    description: `mail to ${to.join(', ')}`,
    async send({ id, title, text, alerts }) {
      const urgent = alerts.some(({ kind, labels }) => kind === 'firing' && labels.severity === 'emergency');
      await transport
        .sendMail({
          from: resolve(mail.from),
          to,
          subject: title.replace(/\s+/g, ' ').slice(0, 200),
          text: `${text}\n\n-- \nKPI Monitor, standalone`,
          // The same letter again is the same message: readers show it once.
          messageId: `<${id}@kpi-monitor.standalone>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
          ...(urgent && { priority: 'high' as const }),
        })
        .catch((error: unknown) => {
          throw new Error(redacted(error, [password, user]));
        });
    },
  };
}

function webhookChannel(webhook: NonNullable<LoadedConfig['webhook']>, resolve: (text: string) => string): Channel {
  const url = new URL(resolve(webhook.url));
  const authorization = webhook.authorization && resolve(webhook.authorization);
  return {
    name: 'webhook',
    description: `webhook at ${url.host}`,
    async send(letter) {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT),
        headers: {
          'content-type': 'application/json',
          'idempotency-key': letter.id,
          ...(authorization && { authorization }),
        },
        body: JSON.stringify(webhookBody(letter)),
      }).catch((error: Error) => {
        throw new Error(
          redacted(error.cause ?? error, [url.href, url.pathname + url.search, url.password, authorization])
        );
      });
      await response.body?.cancel();
      if (!response.ok) {
        throw new Error(`${url.host} answered ${response.status}`);
      }
    },
  };
}

/** In the form of Grafana's own webhook. */
export function webhookBody({ title, text, alerts }: Letter): unknown {
  const entry = (alert: Letter['alerts'][number]) => ({
    status: alert.kind === 'resolved' ? 'resolved' : 'firing',
    labels: alert.labels,
    annotations: alert.annotations,
    values: alert.values,
    startsAt: new Date(alert.startsAt).toISOString(),
    endsAt: alert.endsAt === null ? '0001-01-01T00:00:00Z' : new Date(alert.endsAt).toISOString(),
    fingerprint: alert.fingerprint,
  });
  const status = alerts.some(({ kind }) => kind !== 'resolved') ? 'firing' : 'resolved';
  return { receiver: 'standalone', status, version: '1', orgId: 1, title, message: text, alerts: alerts.map(entry) };
}

function redacted(error: unknown, secrets: ReadonlyArray<string | undefined>): string {
  const { message: text = String(error) } = error as { message?: string };
  return secrets
    .filter((secret): secret is string => !!secret && secret.length > 3)
    .reduce((rest, secret) => rest.replaceAll(secret, '***').replaceAll(encodeURIComponent(secret), '***'), text)
    .slice(0, 300);
}
