import { DataSourcePlugin } from '@grafana/data';

import { ConfigEditor } from './config/ConfigEditor';
import { KpiDataSource } from './datasource';
import { QueryEditor } from './editor/QueryEditor';

export const plugin = new DataSourcePlugin(KpiDataSource).setConfigEditor(ConfigEditor).setQueryEditor(QueryEditor);
