/** The services that Grafana's libraries ask for by `getXxx()`; Grafana sets them when it starts, and so does this host. */
import { EventBusSrv, setLocale, setTimeZoneResolver, setWeekStart } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import {
  config,
  type EchoSrv,
  setAppEvents,
  setBackendSrv,
  setChromeHeaderHeightHook,
  setCurrentUser,
  setDataSourceSrv,
  setEchoSrv,
  setHelpNavItemHook,
  setMegaMenuOpenHook,
  setPluginComponentHook,
  setPluginComponentsHook,
  setPluginFunctionsHook,
  setPluginImportUtils,
  setPluginLinksHook,
  setReturnToPreviousHook,
  setRunRequest,
  setTemplateSrv,
} from '@grafana/runtime';
import { setPanelDataErrorView, setPluginPage } from '@grafana/runtime/internal';

import { PluginDataSourceSrv } from '../loader/datasources';
import { cachedPanelPlugin, importPanelPlugin } from '../loader/panels';
import { PluginPage } from '../pages/plugin-page';
import { PanelMessage } from '../panels/message';
import { HttpBackendSrv } from '../services/backend-srv';
import { runRequest } from '../services/run-request';
import { SceneTemplateSrv } from '../services/template-srv';

import { fillRegistries } from './registries';

/** Sets everything that Grafana's libraries and the plugins expect to be there before anything is drawn. */
export async function startServices(): Promise<void> {
  const { user } = config.bootData;
  await initPluginTranslations('grafana', []);
  setLocale(user.regionalFormat);
  setWeekStart(user.weekStart);
  setTimeZoneResolver(() => user.timezone);
  setCurrentUser(user);

  fillRegistries();
  setAppEvents(new EventBusSrv());
  setBackendSrv(new HttpBackendSrv());
  setDataSourceSrv(new PluginDataSourceSrv());
  setTemplateSrv(new SceneTemplateSrv());
  setRunRequest(runRequest);
  setPluginImportUtils({ importPanelPlugin, getPanelPluginFromCache: cachedPanelPlugin });
  setPanelDataErrorView(PanelMessage);
  setPluginPage(PluginPage);
  setEchoSrv(silentEcho);

  // Plugins ask whether others extend them; in this host none does.
  setPluginLinksHook(() => ({ links: [], isLoading: false }));
  setPluginComponentHook(() => ({ component: null, isLoading: false }));
  setPluginComponentsHook(() => ({ components: [], isLoading: false }));
  setPluginFunctionsHook(() => ({ functions: [], isLoading: false }));
  setReturnToPreviousHook(() => () => {});
  setMegaMenuOpenHook(() => [false, () => {}]);
  setChromeHeaderHeightHook(() => 40);
  setHelpNavItemHook(() => undefined);
}

/** Nothing that a viewer does here is reported anywhere. */
const silentEcho: EchoSrv = { flush() {}, addBackend() {}, addEvent() {} };
