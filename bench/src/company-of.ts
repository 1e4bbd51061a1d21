/** A catalogue of any number of daily KPIs and two years of their values, for benchmarks. */
import type { Catalogue } from '@kpi-monitor/model/catalogue/catalogue';
import { loadCatalogue } from '@kpi-monitor/model/catalogue/load';
import { DAY_MS } from '@kpi-monitor/model/time/civil';
import type { Point } from '@kpi-monitor/store/store';

export const AS_OF = Date.UTC(2026, 5, 15, 9);
export const DAYS = 730;

/** @param dimensions each with two members */
export function companyOf(count: number, dimensions: readonly string[] = []): Catalogue {
  const texts = Array.from({ length: count }, (_, i) => ({
    path: `kpi_${i}.yaml`,
    text: `id: kpi_${i}
name: KPI ${i}
category: bench
kind: flow
judge: { at: month }
dimensions: [${dimensions.join(', ')}]
references: [{ kind: target, value: 30000 }]
thresholds: { as: percent_of_target, warning: 95, critical: 90, emergency: 80 }
source: { kind: demo, series: none }
`,
  }));
  const { catalogue, problems } = loadCatalogue(texts);
  if (!catalogue) {
    throw new Error(problems[0]!.message);
  }
  return catalogue;
}

/** Values around 1,000 a day, with a week in them; no two KPIs alike. */
export function pointsOf(catalogue: Catalogue): Point[] {
  const last = Math.floor(AS_OF / DAY_MS);
  return catalogue.kpis.flatMap((kpi, k) => {
    const parts = partsOf(kpi.dimensions);
    return Array.from({ length: DAYS }, (_, i): Point[] => {
      const wave = Math.sin((2 * Math.PI * (i + k)) / 7) * 80 + Math.sin((i * 12.9898 + k * 78.233) * 43758.5453) * 50;
      const value = (990 + wave) / parts.length;
      return parts.map((dims) => ({ kpi: kpi.id, v: kpi.version, dims, time: (last - DAYS + i) * DAY_MS, value }));
    }).flat();
  });
}

function partsOf(dimensions: readonly string[]): Array<Record<string, string>> {
  return dimensions.reduce<Array<Record<string, string>>>(
    (parts, dimension) => parts.flatMap((part) => ['one', 'other'].map((member) => ({ ...part, [dimension]: member }))),
    [{}]
  );
}
