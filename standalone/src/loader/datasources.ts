/** `DataSourceSrv` over the built data source plugins; `uid` decides, as dashboards use fixed ones. */
import type {
  DataSourceApi,
  DataSourceInstanceSettings,
  DataSourcePlugin,
  DataSourceRef,
  ScopedVars,
} from '@grafana/data';
import { config, type DataSourceSrv, type GetDataSourceListFilters, getTemplateSrv } from '@grafana/runtime';

import { importModule } from './system';

type Reference = DataSourceRef | string | null | undefined;

export class PluginDataSourceSrv implements DataSourceSrv {
  private readonly instances = new Map<string, Promise<DataSourceApi>>();

  async get(ref?: Reference, scopedVars?: ScopedVars): Promise<DataSourceApi> {
    const settings = this.getInstanceSettings(ref, scopedVars);
    if (!settings) {
      throw new Error(`No data source ${nameOf(ref)} is here; standalone has ${this.known()}`);
    }
    let instance = this.instances.get(settings.uid);
    if (!instance) {
      instance = create(settings);
      this.instances.set(settings.uid, instance);
      instance.catch(() => this.instances.delete(settings.uid));
    }
    return instance;
  }

  getInstanceSettings(ref?: Reference, scopedVars?: ScopedVars): DataSourceInstanceSettings | undefined {
    const asked = typeof ref === 'string' ? ref : (ref?.uid ?? ref?.type);
    const all = this.getList({ all: true });
    if (!asked || asked === 'default') {
      return all.find((one) => one.isDefault);
    }
    const name = getTemplateSrv().replace(asked, scopedVars);
    return all.find((one) => one.uid === name) ?? all.find((one) => one.name === name || one.type === name);
  }

  getList({ type, pluginId, filter }: GetDataSourceListFilters = {}): DataSourceInstanceSettings[] {
    const types = type === undefined ? undefined : [type].flat();
    return Object.values(config.datasources).filter(
      (one) =>
        (!types || types.includes(one.type)) && (!pluginId || one.meta.id === pluginId) && (!filter || filter(one))
    );
  }

  reload(): void {
    this.instances.clear();
  }

  registerRuntimeDataSource(): void {
    throw new Error('standalone takes no data sources at run time: use those of scenes');
  }

  private known(): string {
    return this.getList()
      .map((one) => `\`${one.uid}\``)
      .join(', ');
  }
}

async function create(settings: DataSourceInstanceSettings): Promise<DataSourceApi> {
  const { plugin } = await importModule<{ plugin: DataSourcePlugin<DataSourceApi> }>(settings.meta.module);
  const instance = new plugin.DataSourceClass(settings);
  instance.components = plugin.components;
  instance.meta ??= settings.meta;
  return instance;
}

function nameOf(ref: Reference): string {
  return `\`${typeof ref === 'string' ? ref : (ref?.uid ?? ref?.type ?? 'by default')}\``;
}
