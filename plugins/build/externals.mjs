/**
 * Modules that Grafana 12.3 and later hand to a plugin, by the names under which its loader knows them. Whatever is
 * not listed is bundled: `react/jsx-runtime` too, which 12.x does not share in all its releases.
 */
export const EXTERNALS = [
  '@emotion/css',
  '@emotion/react',
  '@grafana/data',
  '@grafana/runtime',
  '@grafana/ui',
  'd3',
  'i18next',
  'jquery',
  'lodash',
  'moment',
  'prismjs',
  'react',
  'react-dom',
  'react-redux',
  'react-router',
  'redux',
  'rxjs',
  'rxjs/operators',
  'slate',
];

/** Deeper paths of shared packages, which Grafana does not share: bundling a second copy of them would break state. */
const UNSHARED = /^@grafana\/(data|runtime|ui)\//;

/** webpack's `externals`: the names above as they are, and an error for a path below one of Grafana's packages. */
export function externals({ request, context }, callback) {
  if (EXTERNALS.includes(request)) {
    return callback(null, request);
  }
  if (UNSHARED.test(request)) {
    return callback(new Error(`${request} (from ${context}) is not shared by Grafana: import from the package's root`));
  }
  return callback();
}
