/** Writes what editors complete and check KPI files by: only once it is known, so that a mistake leaves the old one. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { schemaText } from '../cli/src/commands/schema';

writeFileSync(join(import.meta.dirname, '../kpis/kpi.schema.json'), `${schemaText()}\n`);
