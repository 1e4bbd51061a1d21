/** All dashboards, by folder, narrowed by a search. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { getBackendSrv } from '@grafana/runtime';
import { Alert, EmptySearchResult, FilterInput, TagList, useStyles2 } from '@grafana/ui';
import { useEffect, useMemo, useState } from 'react';

import type { FoundDashboard } from './search';

export function HomePage() {
  const styles = useStyles2(getStyles);
  const [all, setAll] = useState<FoundDashboard[] | null>(null);
  const [error, setError] = useState('');
  const [search, setSearch] = useState('');
  useEffect(() => {
    document.title = 'Dashboards - KPI Monitor';
    getBackendSrv()
      .get<FoundDashboard[]>('/api/search', { type: 'dash-db' })
      .then(setAll, (failure: Error) => setError(failure.message));
  }, []);
  const folders = useMemo(() => byFolder((all ?? []).filter((one) => matches(one, search))), [all, search]);

  return (
    <div className={styles.page}>
      <h1>Dashboards</h1>
      <FilterInput placeholder="Search by name or tag" value={search} onChange={setSearch} />
      {error && <Alert title="The list of dashboards could not be read">{error}</Alert>}
      {all && folders.length === 0 && <EmptySearchResult>No dashboard is called like that.</EmptySearchResult>}
      {folders.map(([folder, dashboards]) => (
        <section key={folder} aria-label={folder}>
          <h2 className={styles.folder}>{folder}</h2>
          <ul className={styles.list}>
            {dashboards.map(({ uid, title, url, tags, description }) => (
              <li key={uid} className={styles.item}>
                <a href={url} className={styles.link}>
                  <span className={styles.title}>{title}</span>
                  {description && <span className={styles.description}>{description}</span>}
                </a>
                <TagList tags={tags} className={styles.tags} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function matches({ title, tags }: FoundDashboard, search: string): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const text = [title, ...tags].join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Dashboards outside of any folder come first. */
function byFolder(found: FoundDashboard[]): Array<[string, FoundDashboard[]]> {
  const folders = new Map<string, FoundDashboard[]>();
  for (const one of [...found].sort((a, b) => (a.folderTitle ?? '').localeCompare(b.folderTitle ?? ''))) {
    const folder = one.folderTitle ?? 'General';
    folders.set(folder, [...(folders.get(folder) ?? []), one]);
  }
  return [...folders];
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    width: '100%',
    maxWidth: theme.breakpoints.values.lg,
    margin: '0 auto',
    paddingTop: theme.spacing(2),
  }),
  folder: css({ fontSize: theme.typography.h5.fontSize, color: theme.colors.text.secondary }),
  list: css({ listStyle: 'none', display: 'flex', flexDirection: 'column', gap: theme.spacing(0.5) }),
  item: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(2),
    paddingRight: theme.spacing(2),
    background: theme.colors.background.primary,
    borderRadius: theme.shape.radius.default,
    '&:hover': { background: theme.colors.background.secondary },
  }),
  link: css({ display: 'flex', flexDirection: 'column', flexGrow: 1, padding: theme.spacing(1.5, 2), minWidth: 0 }),
  title: css({ color: theme.colors.text.primary, fontWeight: theme.typography.fontWeightMedium }),
  description: css({ color: theme.colors.text.secondary }),
  tags: css({ flexShrink: 0, [theme.breakpoints.down('sm')]: { display: 'none' } }),
});
