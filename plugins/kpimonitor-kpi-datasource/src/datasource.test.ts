import { CoreApp } from '@grafana/data';

import { CATALOGUE, datasource, engine, refusal, serve } from '../test/grafana';

import { upgrade } from './query/upgrade';

describe('KpiDataSource', () => {
  it('gives new panels a question, and new rules none, since Grafana would not save it', () => {
    expect(datasource().getDefaultQuery(CoreApp.UnifiedAlerting)).toEqual({});
    expect(datasource().getDefaultQuery(CoreApp.Dashboard)).toEqual({ v: 1, type: 'status', select: {} });
  });

  it('does not ask hidden queries', () => {
    expect(datasource().filterQuery(upgrade({ refId: 'A', hide: true }))).toBe(false);
    expect(datasource().filterQuery(upgrade({ refId: 'A' }))).toBe(true);
  });

  it('brings a bare saved query to this version, and leaves a newer one as it is', () => {
    expect(upgrade({ refId: 'A' })).toEqual({ refId: 'A', v: 1, type: 'status', select: {} });
    expect(upgrade({ refId: 'A', v: 2 as never, type: 'series' }).v).toBe(2);
  });

  it('lists the catalogue once, and again after a failure', async () => {
    let broken = true;
    const requests = serve((request) => {
      if (broken) {
        throw refusal(502, 'ENGINE_UNREACHABLE', 'no connection');
      }
      return engine(request);
    });
    const source = datasource();
    await expect(source.catalogue()).rejects.toMatchObject({ data: { code: 'ENGINE_UNREACHABLE' } });
    broken = false;
    expect(await source.catalogue()).toEqual(CATALOGUE);
    await source.catalogue();
    expect(requests).toHaveLength(2);
  });
});
