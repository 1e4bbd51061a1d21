/** Which theme the viewer wants: the address says it (`?theme=light`, as in Grafana), else their last choice, else their system. */
const KEY = 'kpi-monitor.theme';

export type ThemeName = 'light' | 'dark';

export function chosenTheme(): ThemeName {
  const asked = new URLSearchParams(location.search).get('theme') ?? localStorage.getItem(KEY);
  if (asked === 'light' || asked === 'dark') {
    return asked;
  }
  return matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
}

export function rememberTheme(theme: ThemeName): void {
  localStorage.setItem(KEY, theme);
}
