/** The app's pages, below the address that Grafana gives the app. */
import { Navigate, Route, Routes } from 'react-router';

import { AuditPage } from './audit/AuditPage';
import { KpiPage } from './kpi/KpiPage';
import { KpisPage } from './kpis/KpisPage';

export function App() {
  return (
    <Routes>
      <Route path="kpis" element={<KpisPage />} />
      <Route path="kpis/:id" element={<KpiPage />} />
      <Route path="audit" element={<AuditPage />} />
      <Route path="*" element={<Navigate to="kpis" replace />} />
    </Routes>
  );
}
