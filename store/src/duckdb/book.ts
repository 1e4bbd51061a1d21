/** Books in the tables of series: under names that no KPI can have, so that neither is ever taken for the other. */
import type { BookName } from '../store';

export function inBook(book: BookName, kpi: string): string {
  return `${book}/${kpi}`;
}

export function ofBook(book: BookName, name: string): string {
  return name.slice(inBook(book, '').length);
}
