/** What the server tells the page before it starts: `window.kpiMonitor`, set by `/public/facts.js`. */
import type { AppPluginMeta, DataSourcePluginMeta, PanelPluginMeta } from '@grafana/data';

export interface Facts {
  version: string;
  catalogue: {
    name: string;
    /** the values are invented, and every page says so */
    demo: boolean;
    /** `latest`: an archive, whose newest stored period plays "now" */
    asOf: 'clock' | 'latest';
    /** instant that plays "now", epoch milliseconds; null while the store cannot say */
    now: number | null;
  };
  /** ISO weekday that weeks begin with */
  weekStart: number;
  /** BCP 47 */
  locale: string;
  plugins: {
    /** the built plugins' own plugin.json, with `module` and `baseUrl` as Grafana fills them in */
    panels: PanelPluginMeta[];
    datasources: DataSourcePluginMeta[];
    apps: AppPluginMeta[];
  };
  datasources: Array<{ uid: string; name: string; type: string; isDefault: boolean }>;
}

declare global {
  interface Window {
    kpiMonitor: Facts;
    grafanaBootData: unknown;
    __grafana_public_path__: string;
  }
}
