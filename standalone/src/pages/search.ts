/** What `/api/search` answers: dashboards and folders, as Grafana lists them. */
export interface FoundDashboard {
  uid: string;
  title: string;
  url: string;
  tags: string[];
  type: 'dash-db' | 'dash-folder';
  folderUid?: string;
  folderTitle?: string;
  description?: string;
}
