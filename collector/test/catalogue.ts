/** Catalogues for tests: the default one from its files, or one written into the test. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Catalogue, Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { loadCatalogue } from '@kpi-monitor/model/catalogue/load';
import { problemText } from '@kpi-monitor/model/catalogue/problem';

const ROOT = join(__dirname, '../..');

export function catalogueOf(folder: string): Catalogue {
  const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return load(
    names
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => ({ path: `${folder}/${name}`, text: readFileSync(join(ROOT, folder, name), 'utf8') }))
  );
}

/** `{ revenue: 'kind: flow\n…' }`: id to the rest of its file */
export function catalogueFrom(files: Record<string, string>): Catalogue {
  return load(
    Object.entries(files).map(([id, text]) => ({
      path: `kpis/${id}.yaml`,
      text: `id: ${id}\nname: ${id}\nrole: measure\n${text}`,
    }))
  );
}

export function kpiFrom(text: string, id = 'orders'): Kpi {
  return catalogueFrom({ [id]: text }).byId.get(id)!;
}

function load(texts: Array<{ path: string; text: string }>): Catalogue {
  const { catalogue, problems } = loadCatalogue(texts);
  if (!catalogue) {
    throw new Error(problems.map(problemText).join('\n'));
  }
  return catalogue;
}
