/** What the schema cannot say of one KPI: thresholds, phasing, grains, where its values come from. */
import { isFiner, nests } from '../time/grain';

import type { Kpi } from './catalogue';
import { checkHttp } from './check-http';
import { checkWebhook } from './check-webhook';
import { checkThresholds, type Mistake } from './check-thresholds';

const PHASES: Record<string, number[]> = {
  day: [],
  week: [52, 53],
  month: [12],
  quarter: [4],
  fiscal_quarter: [4],
  year: [1],
  fiscal_year: [1],
};

export function checkKpi(kpi: Kpi, fiscalYearStart: number): Mistake[] {
  return [
    ...checkOrigin(kpi),
    ...checkGrains(kpi, fiscalYearStart),
    ...checkReferences(kpi),
    ...checkAllThresholds(kpi),
  ];
}

function checkOrigin(kpi: Kpi): Mistake[] {
  const mistakes: Mistake[] = [];
  if (!kpi.formula && !kpi.source) {
    mistakes.push({
      code: 'KPI_SOURCE',
      path: ['id'],
      message: `\`${kpi.id}\` has neither a source nor a formula; give one`,
    });
  }
  if (kpi.formula && kpi.source) {
    mistakes.push({
      code: 'KPI_SOURCE',
      path: ['source'],
      message: 'a KPI with a formula has no source of its own; remove one',
    });
  }
  if (kpi.role === 'kpi' && !kpi.category) {
    mistakes.push({
      code: 'KPI_FILE_SCHEMA',
      path: ['id'],
      message: `\`${kpi.id}\` has no category; add one of _catalogue.yaml`,
    });
  }
  if (kpi.source?.kind === 'csv' || kpi.source?.kind === 'file') {
    for (const dimension of Object.keys(kpi.source.dimensions ?? {})) {
      if (!kpi.dimensions.includes(dimension)) {
        const message = `the source reads \`${dimension}\`, which is not among the KPI's dimensions`;
        mistakes.push({ code: 'KPI_DIMENSION_UNKNOWN', path: ['source', 'dimensions', dimension], message });
      }
    }
  }
  if (kpi.source?.kind === 'http') {
    mistakes.push(...checkHttp(kpi.source, kpi.dimensions));
  }
  if (kpi.source?.kind === 'webhook') {
    mistakes.push(...checkWebhook(kpi.source.signature));
  }
  return mistakes;
}

function checkGrains(kpi: Kpi, fiscalYearStart: number): Mistake[] {
  const { at } = kpi.judge;
  const mistakes: Mistake[] = [];
  if (isFiner(at, kpi.grain)) {
    const message = `it is judged by the ${at} but its values arrive by the ${kpi.grain}; judge at ${kpi.grain} or coarser`;
    mistakes.push({ code: 'KPI_GRAIN', path: ['judge', 'at'], message });
  } else if (!nests(kpi.grain, at, fiscalYearStart)) {
    const message = `a ${kpi.grain} does not fit into a ${at}; collect it by the day, or judge it by the ${kpi.grain}`;
    mistakes.push({ code: 'KPI_GRAIN', path: ['judge', 'at'], message });
  } else if (at !== kpi.grain && kpi.aggregate.time === 'none' && !kpi.formula) {
    const message = `it is judged by the ${at}, yet may not be rolled up over time; set aggregate.time, or judge it by the ${kpi.grain}`;
    mistakes.push({ code: 'KPI_GRAIN', path: ['judge', 'at'], message });
  }
  return mistakes;
}

function checkReferences(kpi: Kpi): Mistake[] {
  return kpi.references.flatMap((reference, i): Mistake[] => {
    const path = ['references', i];
    const mistakes = unknownDimensions(kpi, reference.slice, path);
    if (reference.phasing) {
      const sum = reference.phasing.reduce((a, b) => a + b, 0);
      const lengths = PHASES[reference.at ?? kpi.judge.at] ?? [];
      if (Math.abs(sum - 1) > 1e-6) {
        const message = `the phasing adds up to ${Number(sum.toFixed(6))}, not to 1`;
        mistakes.push({ code: 'KPI_PHASING', path: [...path, 'phasing'], message });
      }
      if (![12, ...lengths].includes(reference.phasing.length)) {
        const message = `the phasing has ${reference.phasing.length} shares; give 12 months${lengths[0] ? ` or ${lengths.join(' or ')}` : ''}`;
        mistakes.push({ code: 'KPI_PHASING', path: [...path, 'phasing'], message });
      }
      if (reference.total === undefined) {
        mistakes.push({
          code: 'KPI_PHASING',
          path: [...path, 'phasing'],
          message: 'phasing needs a total to share out',
        });
      }
    }
    if (reference.total !== undefined && kpi.aggregate.time !== 'sum') {
      const message = `a yearly total is for what adds up over time; give a value, since this is a ${kpi.kind}`;
      mistakes.push({ code: 'KPI_PHASING', path: [...path, 'total'], message });
    }
    return mistakes;
  });
}

function checkAllThresholds(kpi: Kpi): Mistake[] {
  const hasTarget = kpi.references.some((reference) => reference.kind === 'target');
  return kpi.thresholds.flatMap((threshold, i): Mistake[] => {
    const path = ['thresholds', i];
    const mistakes = [
      ...checkThresholds(threshold, kpi.direction, path),
      ...unknownDimensions(kpi, threshold.slice, path),
    ];
    if (threshold.as !== 'absolute' && !hasTarget) {
      const message = `thresholds as ${threshold.as} need a target; add one to references, or make them absolute`;
      mistakes.push({ code: 'KPI_TARGET_MISSING', path, message });
    }
    return mistakes;
  });
}

function unknownDimensions(kpi: Kpi, slice: Record<string, string> | undefined, path: PropertyKey[]): Mistake[] {
  return Object.keys(slice ?? {})
    .filter((dimension) => !kpi.dimensions.includes(dimension))
    .map((dimension) => ({
      code: 'KPI_DIMENSION_UNKNOWN' as const,
      path: [...path, 'slice'],
      message: `\`${dimension}\` is not among the KPI's dimensions (${kpi.dimensions.join(', ') || 'it has none'})`,
    }));
}
