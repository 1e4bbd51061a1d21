/** The catalogue that a configuration names, or everything that is wrong with it. */
import type { Catalogue } from '@kpi-monitor/model/catalogue/catalogue';
import { type Problem, problemText } from '@kpi-monitor/model/catalogue/problem';
import { KpiError } from '@kpi-monitor/model/errors';

import type { LoadedConfig } from '../config/read';

import { readCatalogueFolder } from './catalogue-folder';

/** @throws KpiError with the first problem's code and the texts of all */
export function catalogueOf(config: LoadedConfig): Catalogue {
  const { catalogue, problems } = readCatalogueFolder(config.catalogueFolder, config.calendar.fiscal_year_start);
  if (!catalogue) {
    throw problemsError(problems);
  }
  return catalogue;
}

export function problemsError(problems: readonly Problem[]): KpiError {
  const [first] = problems;
  return new KpiError(first!.code, problems.map(problemText).join('\n'), { problems });
}
