/** One dashboard: its JSON from the server, drawn as a scene whose time and variables are in the address. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { getBackendSrv, isFetchError } from '@grafana/runtime';
import type { Dashboard } from '@grafana/schema';
import { UrlSyncContextProvider } from '@grafana/scenes';
import { Alert, LinkButton, LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import { useEffect, useState } from 'react';
import { useParams } from 'react-router-dom';

import type { DashboardScene } from '../dashboard/dashboard-scene';
import { dashboardScene } from '../dashboard/scene';

import { MissingPage } from './missing-page';

/** The dashboard that `/` shows. */
const HOME = 'kpi-overview';

type Shown = { scene: DashboardScene } | { missing: string } | { failed: string };

export function DashboardPage({ home = false }: { home?: boolean }) {
  const { uid = '' } = useParams();
  const asked = home ? HOME : uid;
  const [shown, setShown] = useState<Shown | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let current = true;
    setShown(null);
    load(asked).then((loaded) => {
      if (current) {
        document.title = 'scene' in loaded ? `${loaded.scene.state.title} - KPI Monitor` : 'KPI Monitor';
        setShown(loaded);
      }
    });
    return () => {
      current = false;
    };
  }, [asked, attempt]);

  const styles = useStyles2(getStyles);
  if (!shown) {
    return <LoadingPlaceholder text="Loading the dashboard…" />;
  }
  if ('missing' in shown) {
    return <MissingPage what="dashboard" reason={shown.missing} />;
  }
  if ('failed' in shown) {
    return (
      <Alert title="The dashboard could not be shown" buttonContent="Try again" onRemove={() => setAttempt(attempt + 1)}>
        {shown.failed} <LinkButton href="/dashboards">See all dashboards</LinkButton>
      </Alert>
    );
  }
  const { scene } = shown;
  return (
    <UrlSyncContextProvider scene={scene} updateUrlOnInit={false} createBrowserHistorySteps>
      <h1 className={styles.title}>{scene.state.title}</h1>
      <scene.Component model={scene} />
    </UrlSyncContextProvider>
  );
}

async function load(uid: string): Promise<Shown> {
  try {
    const { dashboard } = await getBackendSrv().get<{ dashboard: Dashboard }>(`/api/dashboards/uid/${uid}`);
    return { scene: dashboardScene(dashboard) };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return isFetchError(error) && error.status === 404 ? { missing: said } : { failed: said };
  }
}

const getStyles = (theme: GrafanaTheme2) => ({
  title: css({ fontSize: theme.typography.h3.fontSize, margin: theme.spacing(1, 0, 0) }),
});
