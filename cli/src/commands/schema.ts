/** `kpi schema`: the JSON Schema of a KPI file, for editors. */
import { kpiFile } from '@kpi-monitor/model/catalogue/schema';
import { z } from 'zod';

import type { Output } from './options';

export function schemaText(): string {
  const schema = z.toJSONSchema(kpiFile, { io: 'input', target: 'draft-7' });
  return JSON.stringify({ title: 'KPI file of KPI Monitor', ...schema }, null, 2);
}

export function schema(out: Output): number {
  out.line(schemaText());
  return 0;
}
