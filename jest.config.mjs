/** ES modules of these packages are transpiled; everything else in node_modules is CommonJS already. */
const esm = [
  'ol',
  'marked',
  'd3',
  'd3-[a-z]+',
  'internmap',
  'delaunator',
  'robust-predicates',
  'react-calendar',
  'get-user-locale',
  'memoize',
  'mimic-function',
  'croner',
  'uuid',
  'cookie',
  '@grafana/.*',
  '@wojtekmaj/.*',
  'react-colorful',
  'nanoid',
  'rbush',
  'quickselect',
  'geotiff',
  'earcut',
  'pbf',
  'color-.*',
  'hsluv',
];
const swc = (environment) => [
  '@swc/jest',
  {
    jsc: {
      parser: { syntax: 'typescript', tsx: true },
      target: 'es2022',
      transform: { react: { runtime: 'automatic' } },
    },
    module: { type: 'commonjs' },
  },
];
const base = {
  transform: { '^.+\\.[cm]?[jt]sx?$': swc() },
  transformIgnorePatterns: [`node_modules/(?!(${esm.join('|')})/)`],
  moduleNameMapper: {
    '\\.(css|svg|png)$': '<rootDir>/scripts/jest/asset.cjs',
    // @grafana/ui links through a copy of the router of its own; Grafana has one.
    '^react-router-dom-v5-compat$': '<rootDir>/node_modules/react-router-dom',
  },
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/'],
};

export default {
  // For a test that hangs: longer than anything in it waits. How fast something is, benchmarks say.
  testTimeout: 300_000,
  projects: [
    {
      ...base,
      displayName: 'node',
      testEnvironment: 'node',
      testMatch: [
        '<rootDir>/{model,analysis,store,collector,engine,cli}/**/*.test.ts',
        '<rootDir>/standalone/{server,alerting}/**/*.test.ts',
        '<rootDir>/plugins/build/**/*.test.mjs',
      ],
    },
    {
      ...base,
      displayName: 'browser',
      testEnvironment: 'jsdom',
      setupFiles: ['<rootDir>/scripts/jest/jsdom.cjs'],
      setupFilesAfterEnv: ['<rootDir>/scripts/jest/patience.cjs'],
      testMatch: ['<rootDir>/plugins/*/src/**/*.test.{ts,tsx}', '<rootDir>/standalone/src/**/*.test.{ts,tsx}'],
    },
    {
      ...base,
      displayName: 'end to end',
      testEnvironment: 'node',
      globalSetup: '<rootDir>/tests/support/chromium-ready.mjs',
      testMatch: ['<rootDir>/tests/**/*.test.ts'],
    },
  ],
};
