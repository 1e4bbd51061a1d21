import {
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceApi,
  LoadingState,
  type PanelData,
} from '@grafana/data';
import { NEVER, type Observable, of, throwError } from 'rxjs';

import { runRequest } from './run-request';

const request = { targets: [{ refId: 'A' }], range: {}, requestId: '1' } as unknown as DataQueryRequest;
const frame = { fields: [], length: 0 };

const collect = (answer: Observable<DataQueryResponse> | Promise<DataQueryResponse>): Promise<PanelData[]> =>
  new Promise((resolve) => {
    const seen: PanelData[] = [];
    runRequest({ query: () => answer } as unknown as DataSourceApi, request).subscribe({
      next: (data) => seen.push(data),
      complete: () => resolve(seen),
    });
  });

describe('a request', () => {
  it('is done when its answer came, from a promise or an observable', async () => {
    for (const answer of [Promise.resolve({ data: [frame] }), of({ data: [frame] })]) {
      const seen = await collect(answer);
      expect(seen.map(({ state }) => state)).toEqual([LoadingState.Done]);
      expect(seen[0]!.series).toEqual([frame]);
    }
  });

  it('shows the data of the queries that succeeded beside the errors of those that failed', async () => {
    const [data] = await collect(of({ data: [frame], errors: [{ refId: 'B', message: 'STORE_UNREACHABLE: away' }] }));
    expect(data).toMatchObject({ state: LoadingState.Error, error: { message: 'STORE_UNREACHABLE: away' } });
    expect(data!.series).toHaveLength(1);
  });

  it('says what went wrong instead of never ending', async () => {
    const [data] = await collect(throwError(() => new Error('no connection')));
    expect(data).toMatchObject({ state: LoadingState.Error, error: { message: 'no connection' } });
    expect((await collect(Promise.reject(new Error('refused'))))[0]!.error!.message).toBe('refused');
  });

  it('says that it loads only when the answer takes its time', () => {
    jest.useFakeTimers();
    const seen: LoadingState[] = [];
    const running = runRequest({ query: () => NEVER } as unknown as DataSourceApi, request).subscribe(({ state }) =>
      seen.push(state)
    );
    jest.advanceTimersByTime(150);
    expect(seen).toEqual([]);
    jest.advanceTimersByTime(100);
    expect(seen).toEqual([LoadingState.Loading]);
    running.unsubscribe();
    jest.useRealTimers();
  });

  it('keeps annotations apart from what is drawn', async () => {
    const note = { ...frame, meta: { dataTopic: 'annotations' } };
    const [data] = await collect(of({ data: [frame, note] } as unknown as DataQueryResponse));
    expect(data).toMatchObject({ series: [frame], annotations: [note] });
  });
});
