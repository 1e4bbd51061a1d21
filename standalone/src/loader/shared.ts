/**
 * The modules that Grafana hands to plugins, under Grafana's names. Each is loaded when the first plugin asks for it;
 * what the page itself uses is there already.
 */
export const SHARED: Record<string, () => Promise<unknown>> = {
  '@emotion/css': () => import('@emotion/css'),
  '@emotion/react': () => import('@emotion/react'),
  '@grafana/data': () => import('@grafana/data'),
  '@grafana/runtime': () => import('@grafana/runtime'),
  '@grafana/ui': () => import('@grafana/ui'),
  d3: () => import('d3'),
  i18next: () => import('i18next'),
  jquery: () => import('jquery'),
  lodash: () => import('lodash'),
  moment: () => import('moment'),
  prismjs: () => import('prismjs'),
  react: () => import('react'),
  'react-dom': () => import('react-dom'),
  'react-redux': () => import('react-redux'),
  'react-router': () => import('react-router'),
  'react-router-dom': () => import('react-router-dom'),
  redux: () => import('redux'),
  rxjs: () => import('rxjs'),
  'rxjs/operators': () => import('rxjs/operators'),
  slate: () => import('slate'),
};

/**
 * What an AMD plugin gets for a name: the exports themselves. A CommonJS package is the `default` of its namespace,
 * and a plugin built by webpack expects the package, not the namespace.
 */
export function exportsOf(namespace: unknown): unknown {
  const module = namespace as { default?: unknown };
  const names = Object.keys(module).filter((name) => name !== 'default');
  const whole = module.default;
  const isWhole = whole !== null && (typeof whole === 'object' || typeof whole === 'function');
  return isWhole && names.every((name) => name in (whole as object)) ? whole : namespace;
}
