/** The page's frame: theme, history, header, and the page that the address names. */
import { css } from '@emotion/css';
import { getThemeById, type GrafanaTheme2, ThemeContext } from '@grafana/data';
import { config, getAppEvents, locationService, LocationServiceProvider, ThemeChangedEvent } from '@grafana/runtime';
import { ErrorBoundaryAlert, GlobalStyles, PortalContainer, useStyles2 } from '@grafana/ui';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { Navigate, type Navigator, Route, Router, Routes, useLocation } from 'react-router-dom';

import { rememberTheme } from '../boot/theme';

import { AlertingPage } from './alerting/alerting-page';
import { DashboardPage } from './dashboard-page';
import { Header } from './header';
import { HomePage } from './home-page';
import { MissingPage } from './missing-page';
import { PluginAppPage } from './plugin-app-page';

export function App() {
  const [theme, setTheme] = useState(config.theme2);
  const switchTheme = useCallback(() => {
    const name = config.theme2.isLight ? 'dark' : 'light';
    const next = getThemeById(name);
    // Scenes and plugins read the theme from here as well as from React's context.
    Object.assign(config, { theme2: next, theme: next.v1 });
    config.bootData.user.theme = name;
    config.bootData.user.lightTheme = next.isLight;
    rememberTheme(name);
    locationService.partial({ theme: null }, true);
    document.documentElement.style.colorScheme = name;
    setTheme(next);
    getAppEvents().publish(new ThemeChangedEvent(next));
  }, []);

  return (
    <ThemeContext.Provider value={theme}>
      <LocationServiceProvider service={locationService}>
        <GlobalStyles />
        <HistoryRouter>
          <Frame onSwitchTheme={switchTheme}>
            <ErrorBoundaryAlert>
              <Routes>
                <Route path="/" element={<DashboardPage key={theme.name} home />} />
                <Route path="/dashboards" element={<HomePage />} />
                <Route path="/alerting/*" element={<AlertingPage />} />
                <Route path="/d/:uid" element={<DashboardPage key={theme.name} />} />
                <Route path="/d/:uid/:slug" element={<DashboardPage key={theme.name} />} />
                <Route path="/a/:pluginId/*" element={<PluginAppPage />} />
                <Route path="/dashboards/*" element={<Navigate to="/dashboards" replace />} />
                <Route path="*" element={<MissingPage what="page" />} />
              </Routes>
            </ErrorBoundaryAlert>
          </Frame>
        </HistoryRouter>
        <PortalContainer />
      </LocationServiceProvider>
    </ThemeContext.Provider>
  );
}

/** React Router over Grafana's own history, so that `locationService` and links agree on where we are. */
function HistoryRouter({ children }: { children: ReactNode }) {
  const history = locationService.getHistory();
  const [location, setLocation] = useState(history.location);
  useEffect(() => history.listen((next: typeof location) => setLocation(next)), [history]);
  return (
    <Router location={location} navigator={history as unknown as Navigator}>
      {children}
    </Router>
  );
}

function Frame({ children, onSwitchTheme }: { children: ReactNode; onSwitchTheme: () => void }) {
  const styles = useStyles2(getStyles);
  // `?kiosk` shows a dashboard alone on a wall, as in Grafana.
  const kiosk = new URLSearchParams(useLocation().search).has('kiosk');
  return (
    <>
      {!kiosk && <Header onSwitchTheme={onSwitchTheme} />}
      <main className={styles.main}>{children}</main>
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  main: css({
    display: 'flex',
    flexDirection: 'column',
    flexGrow: 1,
    padding: theme.spacing(1, 2, 2),
    background: theme.colors.background.canvas,
    [theme.breakpoints.down('sm')]: { padding: theme.spacing(1) },
    '@media print': { padding: 0 },
  }),
});
