/** Opening, closing, and what is refused at the door. */
import { SCHEMA_VERSION } from '../store';

import { EVER, META, point, REVENUE, type StoreFixture } from './fixture';

export function lifecycleContract(fixture: StoreFixture): void {
  it('keeps data and metadata over a reopening', async () => {
    const place = await fixture.place();
    const first = place.store();
    expect(await first.open(META)).toEqual({ schema: SCHEMA_VERSION, ...META });
    await first.write([point({ dims: { region: 'a b' }, weight: 2 }), point({ void: true })]);
    await first.append('note', { time: 5, kpi: 'revenue', data: { text: 'x' } });
    await first.close();

    const second = place.store();
    expect(await second.open({ ...META, createdBy: 'somebody later' })).toEqual({ schema: SCHEMA_VERSION, ...META });
    await second.write([point({ dims: { region: 'b' }, value: 3 }), point({ dims: { region: 'a b' }, value: 2 })]);
    expect(await second.read({ series: [REVENUE], ...EVER })).toMatchObject([
      { dims: { region: 'a b' }, values: [2] },
      { dims: { region: 'b' }, values: [3] },
    ]);
    expect((await second.append('note', { time: 6, kpi: 'revenue', data: {} }, 1)).revision).toBe(2);
    await second.close();
  });

  it('refuses a store of another zone, naming both', async () => {
    const place = await fixture.place();
    const first = place.store();
    await first.open(META);
    await first.close();
    const second = place.store();
    await expect(second.open({ ...META, zone: 'America/New_York' })).rejects.toMatchObject({
      code: 'STORE_ZONE',
      message: expect.stringMatching(/Europe\/Berlin.*America\/New_York/),
    });
    await second.close();
    const third = place.store();
    await third.open(META);
    await third.close();
  });

  it('refuses a newer schema', async () => {
    const place = await fixture.place();
    const first = place.store();
    await first.open(META);
    await first.close();
    await place.setSchema(SCHEMA_VERSION + 1);
    await expect(place.store().open(META)).rejects.toMatchObject({
      code: 'STORE_SCHEMA_NEWER',
      details: { schema: SCHEMA_VERSION + 1, known: SCHEMA_VERSION },
    });
  });

  it('says that it cannot be reached, on opening and before it', async () => {
    const store = fixture.unreachable();
    await expect(store.open(META)).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' });
    await expect(store.write([point()])).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' });
    await expect(store.read({ series: [REVENUE], ...EVER })).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' });
    await expect(store.ping()).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' });
    await store.close();
  });

  it('answers a ping while open, and closes twice without a word', async () => {
    const store = (await fixture.place()).store();
    await store.open(META);
    await store.ping();
    await store.close();
    await store.close();
  });
}
