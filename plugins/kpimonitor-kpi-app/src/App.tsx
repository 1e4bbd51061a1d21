/** The app's pages, below the address that Grafana gives the app. */
import { Navigate, Route, Routes } from 'react-router';

import { AuditPage } from './audit/AuditPage';
import { BacktestPage } from './backtest/BacktestPage';
import { KpiPage } from './kpi/KpiPage';
import { KpisPage } from './kpis/KpisPage';

export function App() {
  return (
    <Routes>
      <Route path="kpis" element={<KpisPage />} />
      <Route path="kpis/:id" element={<KpiPage />} />
      <Route path="backtest" element={<BacktestPage />} />
      <Route path="audit" element={<AuditPage />} />
      <Route path="*" element={<Navigate to="kpis" replace />} />
    </Routes>
  );
}
