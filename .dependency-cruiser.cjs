/* The walls of the house: data flows source -> collector -> store -> engine -> frames -> panels, and imports never go round it. */
const house = ['model', 'analysis', 'store', 'collector', 'engine', 'cli', 'plugins', 'standalone'];
const only = (from, allowed) => ({
  name: `${from}-walls`,
  severity: 'error',
  comment: `${from} may import ${allowed.length > 0 ? allowed.join(', ') : 'nothing'} of the house`,
  from: { path: `^${from}/` },
  to: { path: `^(${house.filter((h) => h !== from && !allowed.includes(h)).join('|')})/` },
});

module.exports = {
  forbidden: [
    only('model', []),
    only('analysis', []),
    only('store', ['model']),
    only('collector', ['model', 'store']),
    only('engine', ['model', 'analysis', 'store']),
    only('plugins', ['model']),
    only('cli', ['model', 'analysis', 'store', 'collector', 'engine']),
    {
      name: 'page-walls',
      severity: 'error',
      comment: "standalone's page sees the engine through HTTP and the query types alone",
      from: { path: '^standalone/src/' },
      to: { path: '^(analysis|store|collector|engine|cli|standalone/server|standalone/alerting)/' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'panels-stay-light',
      severity: 'error',
      comment: 'zod, luxon and mathjs stay out of the bundles of plugins',
      from: { path: '^plugins/' },
      to: { path: 'node_modules/(zod|luxon|mathjs|yaml|date-holidays)/', reachable: true },
    },
    {
      name: 'plugins-are-apart',
      severity: 'error',
      from: { path: '^plugins/([^/]+)/' },
      to: { path: '^plugins/', pathNot: ['^plugins/$1/', '^plugins/shared/'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules/\\.cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
