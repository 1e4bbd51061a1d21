/** Everything about the sources of a catalogue that can be found wrong without reading from them. */
import type { Catalogue, Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { asKpiError, type KpiError } from '@kpi-monitor/model/errors';

import { hookMap } from '../push/hooks';

import { createSource, type SourceContext } from './create';
import { isRead } from './source';

export interface SourceMistake {
  kpi: Kpi;
  error: KpiError;
}

/** Missing files are among them; whether a database or a web server answers is not tried. */
export async function checkSources(catalogue: Catalogue, context: SourceContext): Promise<SourceMistake[]> {
  const collected = [...catalogue.byId.values()].filter((kpi) => isRead(kpi) || kpi.source?.kind === 'webhook');
  const found = await Promise.all(
    collected.map(async (kpi): Promise<SourceMistake[]> => {
      try {
        if (kpi.source?.kind === 'webhook') {
          hookMap(kpi.source);
        } else {
          await createSource(kpi, context).check?.();
        }
        return [];
      } catch (error) {
        return [{ kpi, error: asKpiError(error) }];
      }
    })
  );
  return found.flat();
}
