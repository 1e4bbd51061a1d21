/** Dashboards, alert rules and this app know the KPI Monitor data source by this uid. */
export const DATASOURCE_UID = 'kpi';
