/** What a kind of store brings along to be held to the contract. */
import type { Point, Store } from '../store';

export interface StorePlace {
  /** a handle on this place, not opened yet; each call gives a new one */
  store(): Store;
  /** overwrites the schema number that the place says it has; no handle is open meanwhile */
  setSchema(schema: number): Promise<void>;
}

export interface StoreFixture {
  /** a new and empty place for data */
  place(): Promise<StorePlace>;
  /** a store that cannot be reached */
  unreachable(): Store;
}

export const META = { zone: 'Europe/Berlin', createdBy: 'contract suite' };
export const DAY = 86_400_000;

/** A sound point of `revenue`, version 1, in one region. */
export function point(over: Partial<Point> = {}): Point {
  return { kpi: 'revenue', v: 1, dims: { region: 'north' }, time: Date.UTC(2026, 2, 1), value: 1, ...over };
}

export const REVENUE = { kpi: 'revenue', v: 1 };
/** all of time */
export const EVER = { from: -Infinity, to: Infinity };

/** Opens a store in a new place for one test; closed by `afterEach` of the suite. */
export type Opened = () => Promise<Store>;
