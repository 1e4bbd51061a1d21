/** The secrets that a source has used: put in where they belong, and taken out of everything that is said. */

const REFERENCE = /\$\{(?:env|file):[^}]+\}/g;
/** What is shorter would blot out words that are no secret. */
const SHORTEST = 4;

export interface Secrets {
  /** @throws KpiError CONFIG_SECRET */
  resolve(text: string): string;
  /** something that became a secret on its way, such as a token */
  keep(secret: string): void;
  /** the text with every known secret, written as it is or as in an address, replaced by `***` */
  hide(text: string): string;
}

export function createSecrets(resolve: (text: string) => string): Secrets {
  const known = new Set<string>();
  const keep = (secret: string) => {
    if (secret.length >= SHORTEST) {
      known.add(secret).add(encodeURIComponent(secret));
    }
  };
  return {
    resolve(text) {
      for (const [reference] of text.matchAll(REFERENCE)) {
        keep(resolve(reference));
      }
      return resolve(text);
    },
    keep,
    hide: (text) =>
      [...known].sort((a, b) => b.length - a.length).reduce((left, one) => left.replaceAll(one, '***'), text),
  };
}
