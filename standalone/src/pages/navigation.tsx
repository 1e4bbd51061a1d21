/** The pages that there are: the page's own, and those that apps name for Grafana's navigation. */
import { css } from '@emotion/css';
import { type GrafanaTheme2, PluginIncludeType } from '@grafana/data';
import { Dropdown, Menu, TextLink, ToolbarButton, useStyles2 } from '@grafana/ui';
import { useLocation } from 'react-router-dom';

export interface PageLink {
  name: string;
  path: string;
}

export function pageLinks(): PageLink[] {
  const ofApps = window.kpiMonitor.plugins.apps.flatMap(({ includes = [] }) =>
    includes
      .filter(({ type, addToNav, path }) => type === PluginIncludeType.page && addToNav && path)
      .map(({ name, path }) => ({ name, path: path! }))
  );
  return [{ name: 'Dashboards', path: '/dashboards' }, { name: 'Alerting', path: '/alerting' }, ...ofApps];
}

/** A row of links; a menu where there is no room for it. */
export function Navigation() {
  const styles = useStyles2(getStyles);
  const { pathname } = useLocation();
  const links = pageLinks();
  const isCurrent = ({ path }: PageLink) => pathname === path || pathname.startsWith(`${path}/`);
  const menu = (
    <Menu>
      {links.map((link) => (
        <Menu.Item key={link.path} label={link.name} url={link.path} active={isCurrent(link)} />
      ))}
    </Menu>
  );
  return (
    <nav aria-label="Pages">
      <ul className={styles.row}>
        {links.map((link) => (
          <li key={link.path} aria-current={isCurrent(link) ? 'page' : undefined}>
            <TextLink href={link.path} inline={false} color={isCurrent(link) ? 'primary' : 'secondary'}>
              {link.name}
            </TextLink>
          </li>
        ))}
      </ul>
      <div className={styles.menu}>
        <Dropdown overlay={menu}>
          <ToolbarButton icon="bars" variant="canvas" aria-label="Pages" />
        </Dropdown>
      </div>
    </nav>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({
    display: 'flex',
    gap: theme.spacing(2),
    listStyle: 'none',
    whiteSpace: 'nowrap',
    [theme.breakpoints.down('lg')]: { display: 'none' },
  }),
  menu: css({ [theme.breakpoints.up('lg')]: { display: 'none' } }),
});
