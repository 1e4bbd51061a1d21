/**
 * Thresholds and targets that were edited, laid over what the catalogue says. An edit has two clocks: from when it holds,
 * and when it was recorded. A period is judged by what holds on its first day, of what had been recorded by the time that
 * is asked about: of several edits the one that holds from the latest day, of those from one day the newest. A reset ends
 * all that was recorded before it, from its own day on.
 */
import type { Catalogue, Kpi } from '../catalogue/catalogue';
import type { EditAction, JudgementChange, Thresholds } from '../query/judgement-answer';
import { parseIsoDate } from '../time/civil';

/** What judging needs to know of an edit. */
export interface RecordedEdit {
  revision: number;
  /** when it was recorded, an instant */
  time: number;
  action: EditAction;
  /** YYYY-MM-DD */
  from: string;
  /** what a `set` set; what is absent stayed as it was */
  change: JudgementChange;
}

/** What edits say of a period that begins on a day, of those known at an instant; undefined where the catalogue holds. */
export interface Overrides {
  thresholds(date: number, asOf: number): Thresholds | null | undefined;
  target(date: number, asOf: number): number | null | undefined;
}

/** @param edits of one KPI, in any order */
export function withEdits(kpi: Kpi, edits: readonly RecordedEdit[]): Kpi {
  return edits.length === 0 ? kpi : { ...kpi, overrides: overridesOf(edits) };
}

/** A catalogue whose KPIs are judged by their edits. In an archive, whose now lies in the past, each is known at once. */
export function withAllEdits(catalogue: Catalogue, edits: ReadonlyMap<string, readonly RecordedEdit[]>): Catalogue {
  const known = (all: readonly RecordedEdit[]) =>
    catalogue.as_of === 'latest' ? all.map((edit) => ({ ...edit, time: -Infinity })) : all;
  const byId = new Map([...catalogue.byId].map(([id, kpi]) => [id, withEdits(kpi, known(edits.get(id) ?? []))]));
  return { ...catalogue, byId, kpis: catalogue.kpis.map(({ id }) => byId.get(id)!) };
}

/** As if these values had always held: what a preview judges by. */
export function withValues(kpi: Kpi, change: JudgementChange): Kpi {
  const { overrides } = kpi;
  return {
    ...kpi,
    overrides: {
      thresholds: (date, asOf) =>
        change.thresholds === undefined ? overrides?.thresholds(date, asOf) : change.thresholds,
      target: (date, asOf) => (change.target === undefined ? overrides?.target(date, asOf) : change.target),
    },
  };
}

/** A value that holds from a day on, until the next; undefined gives back to the catalogue. */
interface Step<T> {
  from: number;
  value: T | undefined;
}

interface Timeline {
  thresholds: Array<Step<Thresholds | null>>;
  target: Array<Step<number | null>>;
}

/** States of knowledge that are kept in order, for dashboards that look at the past. */
const KEPT = 32;

function overridesOf(unordered: readonly RecordedEdit[]): Overrides {
  const edits = [...unordered].sort((a, b) => a.revision - b.revision);
  const recorded: number[] = [];
  // A clock that was set back records nothing before what was recorded already.
  edits.forEach(({ time }) => recorded.push(Math.max(time, recorded.at(-1) ?? -Infinity)));
  const kept = new Map<number, Timeline>();
  const timelineAt = (asOf: number): Timeline => {
    const known = countUpTo(recorded, asOf);
    let timeline = kept.get(known);
    if (!timeline) {
      timeline = timelineOf(edits.slice(0, known));
      kept.set(known, timeline);
      if (kept.size > KEPT) {
        kept.delete(kept.keys().next().value!);
      }
    }
    return timeline;
  };
  return {
    thresholds: (date, asOf) => valueAt(timelineAt(asOf).thresholds, date),
    target: (date, asOf) => valueAt(timelineAt(asOf).target, date),
  };
}

function timelineOf(edits: readonly RecordedEdit[]): Timeline {
  const timeline: Timeline = { thresholds: [], target: [] };
  for (const { action, from: day, change } of edits) {
    const from = parseIsoDate(day)!;
    if (action === 'reset') {
      endAt(timeline.thresholds, from);
      endAt(timeline.target, from);
      continue;
    }
    if (change.thresholds !== undefined) {
      put(timeline.thresholds, { from, value: change.thresholds });
    }
    if (change.target !== undefined) {
      put(timeline.target, { from, value: change.target });
    }
  }
  return timeline;
}

function put<T>(steps: Array<Step<T>>, step: Step<T>): void {
  const index = firstFrom(steps, step.from);
  steps.splice(index, steps[index]?.from === step.from ? 1 : 0, step);
}

function endAt<T>(steps: Array<Step<T>>, from: number): void {
  steps.length = firstFrom(steps, from);
  steps.push({ from, value: undefined });
}

function valueAt<T>(steps: ReadonlyArray<Step<T>>, date: number): T | undefined {
  const index = firstFrom(steps, date);
  return steps[index]?.from === date ? steps[index]!.value : steps[index - 1]?.value;
}

/** Index of the first step that begins on the day or later. */
function firstFrom(steps: ReadonlyArray<Step<unknown>>, date: number): number {
  return search(steps.length, (i) => steps[i]!.from >= date);
}

function countUpTo(ascending: readonly number[], most: number): number {
  return search(ascending.length, (i) => ascending[i]! > most);
}

/** The first index for which a condition holds that then holds for all that follow. */
function search(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  for (let high = length; low < high;) {
    const middle = (low + high) >> 1;
    if (holds(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}
