/**
 * A classic script that runs before the page's module: `@grafana/runtime` builds its `config` while it is imported,
 * from `window.grafanaBootData`. Imports nothing of Grafana but types.
 */
import type { DataSourceInstanceSettings } from '@grafana/data';

import './facts';
import { chosenTheme } from './theme';

const { version, plugins, datasources, weekStart, locale } = window.kpiMonitor;
const theme = chosenTheme();
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

const settings: Record<string, DataSourceInstanceSettings> = {};
datasources.forEach(({ uid, name, type, isDefault }, index) => {
  const meta = plugins.datasources.find((plugin) => plugin.id === type);
  if (meta) {
    const id = index + 1;
    settings[name] = { id, uid, name, type, meta, isDefault, readOnly: true, access: 'proxy', jsonData: {} };
  }
});

window.__grafana_public_path__ = '/public/';
window.grafanaBootData = {
  assets: { light: '', dark: '' },
  navTree: [],
  settings: {
    appUrl: `${location.origin}/`,
    appSubUrl: '',
    buildInfo: { version: '12.3.0', commit: '', env: 'production' },
    datasources: settings,
    defaultDatasource: datasources.find((one) => one.isDefault)?.name ?? '',
    featureToggles: {},
    minRefreshInterval: '5s',
    panels: Object.fromEntries(plugins.panels.map((plugin) => [plugin.id, plugin])),
    windowTitlePrefix: `KPI Monitor ${version} - `,
  },
  user: {
    id: 1,
    uid: 'local',
    login: 'local',
    name: 'local',
    email: '',
    isSignedIn: true,
    isGrafanaAdmin: false,
    orgCount: 1,
    orgId: 1,
    orgName: 'Standalone',
    orgRole: 'Viewer',
    theme,
    lightTheme: theme === 'light',
    timezone: 'utc',
    weekStart: WEEKDAYS[weekStart - 1],
    language: 'en-US',
    regionalFormat: locale,
  },
};

// Before the first style arrives, a dark page must not flash white.
document.documentElement.style.colorScheme = theme;
document.documentElement.style.backgroundColor = theme === 'light' ? '#f4f5f5' : '#111217';
