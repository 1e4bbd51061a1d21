/** A dashboard as a scene: controls above, panels below; it tells each query which dashboard and panel it is for. */
import { css } from '@emotion/css';
import { CoreApp, type DataQueryRequest, type GrafanaTheme2 } from '@grafana/data';
import {
  type SceneComponentProps,
  type SceneGridLayout,
  type SceneObject,
  SceneObjectBase,
  type SceneObjectState,
  type SceneRefreshPicker,
  type SceneTimePicker,
  VariableValueSelectors,
  VizPanel,
} from '@grafana/scenes';
import { useStyles2 } from '@grafana/ui';

import type { DashboardLinks } from './dashboard-links';

export interface DashboardState extends SceneObjectState {
  uid: string;
  title: string;
  description?: string;
  tags: string[];
  links: DashboardLinks;
  body: SceneGridLayout;
  selectors: VariableValueSelectors;
  timePicker: SceneTimePicker;
  refreshPicker: SceneRefreshPicker;
}

export class DashboardScene extends SceneObjectBase<DashboardState> {
  static Component = DashboardView;

  constructor(state: DashboardState) {
    super(state);
    this.addActivationHandler(() => {
      // Plugins reach the shown dashboard's variables through this, by `getTemplateSrv()`.
      window.__grafanaSceneContext = this;
      return () => {
        if (window.__grafanaSceneContext === this) {
          delete window.__grafanaSceneContext;
        }
      };
    });
  }

  /** Scenes calls this for each request; the headers that name dashboard and panel come from it. */
  enrichDataRequest(source: SceneObject): Partial<DataQueryRequest> {
    const { uid, title } = this.state;
    const panel = panelAbove(source);
    return {
      app: CoreApp.Dashboard,
      dashboardUID: uid,
      dashboardTitle: title,
      ...(panel && {
        panelId: panel.getLegacyPanelId(),
        panelName: panel.state.title,
        panelPluginId: panel.state.pluginId,
      }),
    };
  }
}

function panelAbove(object: SceneObject | undefined): VizPanel | undefined {
  return !object || object instanceof VizPanel ? object : panelAbove(object.parent);
}

function DashboardView({ model }: SceneComponentProps<DashboardScene>) {
  const { body, selectors, timePicker, refreshPicker, links, title } = model.useState();
  const styles = useStyles2(getStyles);
  return (
    <>
      <div className={styles.controls} data-testid="dashboard-controls">
        <h1 className={styles.title}>{title}</h1>
        <selectors.Component model={selectors} />
        <div className={styles.right}>
          <links.Component model={links} />
          <timePicker.Component model={timePicker} />
          <refreshPicker.Component model={refreshPicker} />
        </div>
      </div>
      <body.Component model={body} />
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  controls: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
    padding: theme.spacing(1, 0, 2),
    '@media print': { '& > :not(h1)': { display: 'none' } },
  }),
  title: css({
    fontSize: theme.typography.h4.fontSize,
    lineHeight: theme.spacing(4),
    margin: theme.spacing(0, 1, 0, 0),
  }),
  right: css({
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'flex-end',
    alignItems: 'center',
    gap: theme.spacing(1),
    marginLeft: 'auto',
    minWidth: 0,
  }),
});
