/** Labels identify alert instances and series for ever, so they hold nothing that changes, and nothing empty. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { Grain } from '@kpi-monitor/model/time/grain';

type Dimensions = Readonly<Record<string, string>>;

/** Labels of a time series: what it is, and the members that it is of. */
export function seriesLabels(kpi: Kpi, dimensions: Dimensions): Record<string, string> {
  return present({ kpi: kpi.id, category: kpi.category, owner: ownerOf(kpi), ...dimensions });
}

/** Labels of a number, as an alert instance carries them. */
export function numericLabels(kpi: Kpi, grain: Grain, dimensions: Dimensions): Record<string, string> {
  return present({
    kpi: kpi.id,
    category: kpi.category,
    tier: kpi.tier,
    owner: ownerOf(kpi),
    grain,
    ...dimensions,
  });
}

/** Who is told about a KPI: the team or person to notify, else who is accountable; `''` when nobody is named. */
export function ownerOf(kpi: Kpi): string {
  return kpi.owners?.notify ?? kpi.owners?.accountable ?? '';
}

function present(labels: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ''));
}
