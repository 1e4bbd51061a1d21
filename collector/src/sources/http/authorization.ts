/** Who asks: the header that a source's `auth` stands for. */
import type { HttpAuth } from '@kpi-monitor/model/catalogue/source-schema';
import { KpiError } from '@kpi-monitor/model/errors';

import type { Secrets } from './secrets';

export interface TokenRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
}

export interface Authorization {
  /** null where no header is sent */
  header(signal: AbortSignal): Promise<string | null>;
  /** The server does not take the header any more: whether there is another one to try. */
  renew(): boolean;
}

export interface AuthorizationContext {
  secrets: Secrets;
  clock: () => number;
  /** Asks for a token. @throws KpiError SOURCE_* */
  send: (request: TokenRequest, signal: AbortSignal) => Promise<string>;
}

/** A token is given up this share of its life early, at most a minute: it has to last until the answer. */
const MARGIN = 0.1;
const MOST_MARGIN = 60_000;

export function createAuthorization(auth: HttpAuth | undefined, context: AuthorizationContext): Authorization {
  const { secrets } = context;
  const fixed = (header: () => string | null): Authorization => ({
    header: async () => header(),
    renew: () => false,
  });
  switch (auth?.kind) {
    case undefined:
      return fixed(() => null);
    case 'bearer':
      return fixed(() => `Bearer ${secrets.resolve(auth.token)}`);
    case 'basic':
      return fixed(() => basic(secrets, secrets.resolve(auth.user), secrets.resolve(auth.password)));
    case 'oauth':
      return clientCredentials(auth, context);
  }
}

function basic(secrets: Secrets, user: string, password: string): string {
  const packed = Buffer.from(`${user}:${password}`).toString('base64');
  secrets.keep(packed);
  return `Basic ${packed}`;
}

/** RFC 6749, 4.4; the client says who it is by 2.3.1. */
function clientCredentials(auth: HttpAuth & { kind: 'oauth' }, context: AuthorizationContext): Authorization {
  const { secrets, clock, send } = context;
  let token: { text: string; until: number } | null = null;

  const fetchToken = async (signal: AbortSignal) => {
    const id = secrets.resolve(auth.client_id);
    const secret = secrets.resolve(auth.client_secret);
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      ...(auth.scope !== undefined && { scope: auth.scope }),
      ...(auth.audience !== undefined && { audience: auth.audience }),
      ...(auth.client_auth === 'body' && { client_id: id, client_secret: secret }),
    });
    const headers: Record<string, string> = {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      ...(auth.client_auth === 'basic' && {
        authorization: basic(secrets, encodeURIComponent(id), encodeURIComponent(secret)),
      }),
    };
    const answer = await send({ url: auth.token_url, headers, body: form.toString() }, signal);
    return tokenOf(answer, auth.token_url, clock());
  };

  return {
    async header(signal) {
      if (token === null || clock() >= token.until) {
        token = await fetchToken(signal);
        secrets.keep(token.text);
      }
      return `Bearer ${token.text}`;
    },
    renew() {
      token = null;
      return true;
    },
  };
}

function tokenOf(answer: string, url: string, now: number): { text: string; until: number } {
  let parsed: { access_token?: unknown; expires_in?: unknown; token_type?: unknown } | null = null;
  try {
    parsed = JSON.parse(answer);
  } catch {
    // Told below, without the answer: it may hold a secret.
  }
  const text = parsed?.access_token;
  // It becomes part of a header.
  if (typeof text !== 'string' || !/^[\x21-\x7e]+$/.test(text)) {
    throw new KpiError('SOURCE_FORMAT', `${url} answers without an \`access_token\`; is it the token address?`, {
      url,
    });
  }
  const life = Number(parsed!.expires_in) * 1000;
  // Without a life it is used until it is refused.
  return { text, until: life > 0 ? now + life - Math.min(life * MARGIN, MOST_MARGIN) : Infinity };
}
