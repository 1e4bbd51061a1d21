/** One dashboard: its JSON from the server, drawn as a scene whose time and variables are in the address. */
import { getBackendSrv, isFetchError } from '@grafana/runtime';
import type { Dashboard } from '@grafana/schema';
import { UrlSyncContextProvider } from '@grafana/scenes';
import { Alert, LinkButton, LoadingPlaceholder } from '@grafana/ui';
import { useEffect, useState } from 'react';
import { useParams } from 'react-router-dom';

import type { DashboardScene } from '../dashboard/dashboard-scene';
import { dashboardScene } from '../dashboard/scene';

import { CollectionNotice } from './collection-notice';
import { MissingPage } from './missing-page';

/** The dashboard that `/` shows. */
const HOME = 'kpi-overview';

type Shown = { scene: DashboardScene } | { missing: string } | { failed: string };

export function DashboardPage({ home = false }: { home?: boolean }) {
  const { uid = '' } = useParams();
  const [attempt, setAttempt] = useState(0);
  const asked = home ? HOME : uid;
  return <ShownDashboard key={`${asked} ${attempt}`} uid={asked} onRetry={() => setAttempt(attempt + 1)} />;
}

function ShownDashboard({ uid, onRetry }: { uid: string; onRetry: () => void }) {
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    let current = true;
    load(uid).then((loaded) => {
      if (current) {
        document.title = 'scene' in loaded ? `${loaded.scene.state.title} - KPI Monitor` : 'KPI Monitor';
        setShown(loaded);
      }
    });
    return () => {
      current = false;
    };
  }, [uid]);

  if (!shown) {
    return <LoadingPlaceholder text="Loading the dashboard…" />;
  }
  if ('missing' in shown) {
    return <MissingPage what="dashboard" reason={shown.missing} />;
  }
  if ('failed' in shown) {
    return (
      <Alert title="The dashboard could not be shown" buttonContent="Try again" onRemove={onRetry}>
        {shown.failed} <LinkButton href="/dashboards">See all dashboards</LinkButton>
      </Alert>
    );
  }
  const { scene } = shown;
  return (
    <UrlSyncContextProvider scene={scene} updateUrlOnInit={false} createBrowserHistorySteps>
      <CollectionNotice scene={scene} />
      <scene.Component model={scene} />
    </UrlSyncContextProvider>
  );
}

async function load(uid: string): Promise<Shown> {
  try {
    const { dashboard } = await getBackendSrv().get<{ dashboard: Dashboard }>(`/api/dashboards/uid/${uid}`);
    const { asOf, now } = window.kpiMonitor.catalogue;
    return { scene: dashboardScene(dashboard, asOf === 'latest' ? (now ?? undefined) : undefined) };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return isFetchError(error) && error.status === 404 ? { missing: said } : { failed: said };
  }
}
