/** The frame that Grafana gives a page of an app: where it is, its title, what is said and done beside it. */
import { css } from '@emotion/css';
import { type GrafanaTheme2, type NavModelItem, PageLayoutType } from '@grafana/data';
import type { PluginPageProps } from '@grafana/runtime';
import { TextLink, useStyles2 } from '@grafana/ui';
import { useEffect } from 'react';
import { useParams } from 'react-router-dom';

import { appMeta } from '../loader/apps';

export function PluginPage(props: PluginPageProps) {
  const { actions, children, info, layout = PageLayoutType.Standard, pageNav, renderTitle, subTitle } = props;
  const styles = useStyles2(getStyles);
  const { pluginId = '' } = useParams();
  const title = pageNav?.text ?? appMeta(pluginId)?.name ?? '';
  useEffect(() => {
    document.title = `${title} - KPI Monitor`;
  }, [title]);
  if (layout !== PageLayoutType.Standard) {
    return <>{children}</>;
  }
  const said = subTitle ?? pageNav?.subTitle;
  return (
    <div className={styles.page}>
      <Breadcrumbs above={ancestors(pageNav)} title={title} />
      <div className={styles.head}>
        <div className={styles.title}>
          {renderTitle ? renderTitle(title) : <h1>{title}</h1>}
          {said && <div className={styles.said}>{said}</div>}
        </div>
        {info?.map(({ label, value }) => (
          <div key={label}>
            <div className={styles.said}>{label}</div>
            {value}
          </div>
        ))}
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </div>
  );
}

function Breadcrumbs({ above, title }: { above: NavModelItem[]; title: string }) {
  const styles = useStyles2(getStyles);
  if (above.length === 0) {
    return null;
  }
  return (
    <nav aria-label="Breadcrumbs">
      <ol className={styles.crumbs}>
        {above.map(({ text, url }) => (
          <li key={text}>{url ? <TextLink href={url}>{text}</TextLink> : text}</li>
        ))}
        <li aria-current="page">{title}</li>
      </ol>
    </nav>
  );
}

/** The pages above one, the highest first. */
function ancestors(page: NavModelItem | undefined): NavModelItem[] {
  const parent = page?.parentItem;
  return parent ? [...ancestors(parent), parent] : [];
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    width: '100%',
    minWidth: 0,
    paddingTop: theme.spacing(1),
  }),
  crumbs: css({
    display: 'flex',
    flexWrap: 'wrap',
    listStyle: 'none',
    '& > li + li::before': { content: '"›"', margin: theme.spacing(0, 1), color: theme.colors.text.secondary },
  }),
  head: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: theme.spacing(2) }),
  title: css({ flexGrow: 1, minWidth: 0, '& > h1': { margin: 0 } }),
  said: css({ color: theme.colors.text.secondary }),
  actions: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) }),
});
