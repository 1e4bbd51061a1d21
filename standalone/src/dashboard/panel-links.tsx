/** Links of a panel, at its title: one as an icon, several behind one. */
import type { DashboardLink } from '@grafana/schema';
import {
  type SceneComponentProps,
  sceneGraph,
  SceneObjectBase,
  type SceneObjectState,
  VariableDependencyConfig,
} from '@grafana/scenes';
import { Dropdown, Icon, Menu, PanelChrome } from '@grafana/ui';

interface State extends SceneObjectState {
  links: Array<Pick<DashboardLink, 'title' | 'url' | 'targetBlank'>>;
}

export class PanelLinks extends SceneObjectBase<State> {
  static Component = PanelLinksView;

  protected override _variableDependency = new VariableDependencyConfig<State>(this, {
    onAnyVariableChanged: () => this.forceRender(),
  });

  /** Titles and addresses with their variables filled in, as of now. */
  resolved() {
    return this.state.links.map(({ title, url, targetBlank }) => ({
      title: sceneGraph.interpolate(this, title, undefined, 'text'),
      url: sceneGraph.interpolate(this, url ?? ''),
      target: targetBlank ? ('_blank' as const) : undefined,
    }));
  }
}

function PanelLinksView({ model }: SceneComponentProps<PanelLinks>) {
  model.useState();
  const links = model.resolved();
  if (links.length === 1) {
    const { title, url, target } = links[0]!;
    return (
      <PanelChrome.TitleItem title={title} href={url} target={target}>
        <Icon name="external-link-alt" />
      </PanelChrome.TitleItem>
    );
  }
  const menu = (
    <Menu>
      {links.map(({ title, url, target }) => (
        <Menu.Item key={title} label={title} url={url} target={target} />
      ))}
    </Menu>
  );
  return (
    <Dropdown overlay={menu}>
      <button aria-label="Panel links" style={{ all: 'unset', cursor: 'pointer', padding: '0 8px' }}>
        <Icon name="link" />
      </button>
    </Dropdown>
  );
}
