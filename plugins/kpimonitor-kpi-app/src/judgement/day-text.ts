import { dateTimeFormat } from '@grafana/data';

/** `1 November 2026`, of a civil date. */
export function dayText(date: string): string {
  return dateTimeFormat(Date.parse(`${date}T00:00:00Z`), { format: 'D MMMM YYYY', timeZone: 'utc' });
}

/** `25 Nov 2026, 14:03`, where the reader is. */
export function momentText(time: number): string {
  return dateTimeFormat(time, { format: 'D MMM YYYY, HH:mm' });
}
