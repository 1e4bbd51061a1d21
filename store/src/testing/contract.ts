/** The contract suite: what every implementation of `Store` keeps, run against the real thing. */
import type { Store } from '../store';

import { aggregationContract } from './aggregation';
import { bookContract } from './books';
import { civilDateContract } from './civil-dates';
import { META, type StoreFixture } from './fixture';
import { lifecycleContract } from './lifecycle';
import { logContract } from './logs';
import { nameContract } from './names';
import { pointContract } from './points';

export function storeContract(name: string, fixture: StoreFixture): void {
  describe(`${name} keeps the contract of stores`, () => {
    const stores: Store[] = [];
    const opened = async () => {
      const store = (await fixture.place()).store();
      stores.push(store);
      await store.open(META);
      return store;
    };
    afterEach(async () => {
      await Promise.all(stores.splice(0).map((store) => store.close()));
    });

    describe('points', () => pointContract(opened));
    describe('names', () => nameContract(opened));
    describe('aggregation', () => aggregationContract(opened));
    describe('civil dates', () => civilDateContract(opened));
    describe('logs', () => logContract(opened));
    describe('books', () => bookContract(opened));
    describe('life', () => lifecycleContract(fixture));
  });
}
