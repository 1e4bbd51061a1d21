/** Runs a request against a data source and tells a panel how it goes: loading, each packet, done or failed. */
import {
  type DataFrame,
  type DataQueryError,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceApi,
  DataTopic,
  LoadingState,
  type PanelData,
} from '@grafana/data';
import { toDataQueryError } from '@grafana/runtime';
import { catchError, defer, from, isObservable, map, merge, Observable, of, share, takeUntil, timer } from 'rxjs';

/** Quick answers come without a flicker of "loading" before them. */
const LOADING_AFTER_MS = 200;

type Query = (request: DataQueryRequest) => Promise<DataQueryResponse> | Observable<DataQueryResponse>;

export function runRequest(
  datasource: DataSourceApi,
  request: DataQueryRequest,
  query: Query = (asked) => datasource.query(asked)
): Observable<PanelData> {
  const started: PanelData = { state: LoadingState.Loading, series: [], request, timeRange: request.range };
  if (request.targets.length === 0) {
    return of({ ...started, state: LoadingState.Done });
  }
  const packets = new Map<string, DataQueryResponse>();
  const answers = defer(() => {
    const asked = query(request);
    return isObservable(asked) ? asked : from(asked);
  }).pipe(
    map((packet) => {
      request.endTime = Date.now();
      packets.set(packet.key ?? 'only', packet);
      return panelData(started, [...packets.values()], packet);
    }),
    catchError((thrown: unknown) => {
      const error = toDataQueryError(thrown);
      return of({ ...started, state: LoadingState.Error, error, errors: [error] });
    }),
    share()
  );
  const loading = timer(LOADING_AFTER_MS).pipe(
    map(() => started),
    takeUntil(answers)
  );
  return merge(loading, answers);
}

function panelData(started: PanelData, packets: DataQueryResponse[], newest: DataQueryResponse): PanelData {
  // Raw on purpose: options of a variable come this way too, and scenes makes frames of what is for a panel.
  const frames = packets.flatMap((packet) => (packet.data ?? []) as DataFrame[]);
  const errors = packets.flatMap((packet) => packet.errors ?? (packet.error ? [packet.error] : []));
  const isAnnotation = (frame: DataFrame) => frame.meta?.dataTopic === DataTopic.Annotations;
  return {
    ...started,
    state: stateOf(newest, errors),
    series: frames.filter((frame) => !isAnnotation(frame)),
    annotations: frames.filter(isAnnotation),
    ...(errors.length > 0 && { error: errors[0], errors }),
  };
}

function stateOf(packet: DataQueryResponse, errors: DataQueryError[]): LoadingState {
  return errors.length > 0 ? LoadingState.Error : (packet.state ?? LoadingState.Done);
}
