/** `{from}`, `{to}`, `{cursor}` and `{page}` in what a source sends. */
import { isoDate } from '@kpi-monitor/model/time/civil';
import { type Grain, isCivil } from '@kpi-monitor/model/time/grain';

import { EVERYTHING, type Window } from '../source';

export type Places = Readonly<Record<'from' | 'to' | 'cursor' | 'page', string>>;

/** The window as dates of the business zone, or as instants for what is finer than a day; `to` is not part of it. */
export function boundsOf(window: Window, grain: Grain): { from: string; to: string } {
  const text = (time: number) =>
    time <= EVERYTHING ? '' : isCivil(grain) ? isoDate(time) : new Date(time).toISOString();
  return { from: text(window.from), to: text(window.to) };
}

/** A text with its places filled in. */
export function placed(text: string, places: Places, encode: (part: string) => string = (part) => part): string {
  return text.replace(/\{(from|to|cursor|page)\}/g, (_, name: keyof Places) => encode(places[name]));
}

/** An address with its places filled in; a parameter that is a place alone is left out while there is nothing for it. */
export function placedAddress(address: string, places: Places): string {
  const told = address.replace(
    /([?&])[^=&#?]+=\{(cursor|page)\}(&?)/g,
    (whole, before: string, name: keyof Places, after) => (places[name] !== '' ? whole : after === '&' ? before : '')
  );
  return placed(told, places, encodeURIComponent);
}
