/** The pages of an app plugin, under Grafana's own address of them: `/a/<plugin>/...`. */
import { type AppPlugin, PluginContextProvider } from '@grafana/data';
import { Alert, ErrorBoundaryAlert, LoadingPlaceholder } from '@grafana/ui';
import { useEffect, useState } from 'react';
import { useLocation, useParams } from 'react-router-dom';

import { appMeta, importAppPlugin } from '../loader/apps';

import { MissingPage } from './missing-page';

type Shown = { plugin: AppPlugin } | { failed: string };

export function PluginAppPage() {
  const { pluginId = '' } = useParams();
  const [attempt, setAttempt] = useState(0);
  if (!appMeta(pluginId)) {
    return <MissingPage what="page" reason={`No app \`${pluginId}\` is here`} />;
  }
  return <LoadedApp key={`${pluginId} ${attempt}`} id={pluginId} onRetry={() => setAttempt(attempt + 1)} />;
}

function LoadedApp({ id, onRetry }: { id: string; onRetry: () => void }) {
  const { pathname, search } = useLocation();
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    let current = true;
    importAppPlugin(id).then(
      (plugin) => current && setShown({ plugin }),
      (error: Error) => current && setShown({ failed: error.message })
    );
    return () => {
      current = false;
    };
  }, [id]);

  if (!shown) {
    return <LoadingPlaceholder text="Loading the page…" />;
  }
  if ('failed' in shown) {
    return (
      <Alert title="The page could not be loaded" buttonContent="Try again" onRemove={onRetry}>
        {shown.failed}
      </Alert>
    );
  }
  const { root: Root, meta } = shown.plugin;
  return (
    <PluginContextProvider meta={meta}>
      <ErrorBoundaryAlert title="The page failed">
        {Root && (
          <Root
            meta={meta}
            basename={`/a/${id}`}
            path={pathname}
            query={Object.fromEntries(new URLSearchParams(search))}
            onNavChanged={() => {}}
          />
        )}
      </ErrorBoundaryAlert>
    </PluginContextProvider>
  );
}
