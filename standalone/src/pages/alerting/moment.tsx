/** A time as people say it, with the exact one for who asks. */
import { dateTimeFormat, dateTimeFormatTimeAgo } from '@grafana/data';

export function Moment({ at }: { at: number | string }) {
  const time = typeof at === 'number' ? at : Date.parse(at);
  return (
    <time dateTime={new Date(time).toISOString()} title={dateTimeFormat(time)}>
      {dateTimeFormatTimeAgo(time)}
    </time>
  );
}
