/**
 * Environment variables in provisioning files, as Grafana fills them in: `$NAME`, `${NAME}` and `$__env{NAME}`, an unset
 * one becoming empty, and `$$` for a dollar sign. Source: grafana.com/docs/grafana/latest/administration/provisioning,
 * "Using environment variables".
 */
export type Environment = Readonly<Record<string, string | undefined>>;

const REFERENCE = /\$(?:__env\{([^}]*)\}|\{([^}]*)\}|([A-Za-z_]\w*))/g;

export function expandEnv(text: string, env: Environment): string {
  return text
    .split('$$')
    .map((part) =>
      part.replace(REFERENCE, (_, own?: string, braced?: string, bare?: string) => env[(own ?? braced ?? bare)!] ?? '')
    )
    .join('$');
}

/** Every text of a rule file but annotations and query models: those keep their `$labels` and `$__range`. */
export function expandRuleFile(value: unknown, env: Environment): unknown {
  if (typeof value === 'string') {
    return expandEnv(value, env);
  }
  if (Array.isArray(value)) {
    return value.map((item) => expandRuleFile(item, env));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        key === 'annotations' || key === 'model' ? inner : expandRuleFile(inner, env),
      ])
    );
  }
  return value;
}
