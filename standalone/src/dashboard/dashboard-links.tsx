/** Links of a dashboard: to an address, or to every dashboard that carries given tags. */
import { urlUtil } from '@grafana/data';
import { getBackendSrv } from '@grafana/runtime';
import type { DashboardLink } from '@grafana/schema';
import {
  type SceneComponentProps,
  sceneGraph,
  type SceneObject,
  SceneObjectBase,
  type SceneObjectState,
  VariableDependencyConfig,
} from '@grafana/scenes';
import { Dropdown, LinkButton, Menu, ToolbarButton } from '@grafana/ui';
import { useEffect, useState } from 'react';

import type { FoundDashboard } from '../pages/search';

interface State extends SceneObjectState {
  links: DashboardLink[];
  /** of the dashboard that is shown: it does not link to itself */
  uid: string;
}

export class DashboardLinks extends SceneObjectBase<State> {
  static Component = DashboardLinksView;

  // Where a link leads depends on variables and on time.
  protected override _variableDependency = new VariableDependencyConfig<State>(this, {
    onAnyVariableChanged: () => this.forceRender(),
  });
}

function DashboardLinksView({ model: scene }: SceneComponentProps<DashboardLinks>) {
  const { links, uid } = scene.useState();
  sceneGraph.getTimeRange(scene).useState();
  return (
    <>
      {links.map((link, index) =>
        link.type === 'dashboards' ? (
          <TaggedDashboards key={index} link={link} uid={uid} scene={scene} />
        ) : (
          <LinkButton
            key={index}
            variant="secondary"
            fill="outline"
            size="md"
            href={addressOf(link, link.url ?? '', scene)}
            target={link.targetBlank ? '_blank' : undefined}
            tooltip={link.tooltip || undefined}
          >
            {sceneGraph.interpolate(scene, link.title, undefined, 'text')}
          </LinkButton>
        )
      )}
    </>
  );
}

function TaggedDashboards({ link, uid, scene }: { link: DashboardLink; uid: string; scene: SceneObject }) {
  const [found, setFound] = useState<FoundDashboard[]>([]);
  const tags = link.tags.join(',');
  useEffect(() => {
    getBackendSrv()
      .get<FoundDashboard[]>('/api/search', { type: 'dash-db', tag: tags.split(',').filter(Boolean) })
      .then(setFound)
      // Links are an extra: without them the dashboard still stands.
      .catch(() => setFound([]));
  }, [tags]);
  const others = found.filter((one) => one.uid !== uid);
  const target = link.targetBlank ? '_blank' : undefined;
  if (others.length === 0) {
    return null;
  }
  if (link.asDropdown) {
    const menu = (
      <Menu>
        {others.map((one) => (
          <Menu.Item key={one.uid} label={one.title} url={addressOf(link, one.url, scene)} target={target} />
        ))}
      </Menu>
    );
    return (
      <Dropdown overlay={menu}>
        <ToolbarButton variant="canvas" icon="apps" isOpen={false}>
          {link.title}
        </ToolbarButton>
      </Dropdown>
    );
  }
  return (
    <>
      {others.map((one) => (
        <LinkButton
          key={one.uid}
          variant="secondary"
          fill="outline"
          href={addressOf(link, one.url, scene)}
          target={target}
        >
          {one.title}
        </LinkButton>
      ))}
    </>
  );
}

/** An address with the variables and the time range that the link says it takes along. */
function addressOf(link: DashboardLink, url: string, scene: SceneObject): string {
  const filled = sceneGraph.interpolate(scene, url);
  const macros = [link.includeVars && '${__all_variables}', link.keepTime && '${__url_time_range}'].filter(Boolean);
  if (macros.length === 0) {
    return filled;
  }
  const params = sceneGraph.interpolate(scene, macros.join('&'));
  return params === '' ? filled : urlUtil.appendQueryToUrl(filled, params);
}
