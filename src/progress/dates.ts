import { isNumber } from './numbers.js';

/** How the server's date on one snapshot compares with that on another; a date that is missing or cannot be read compares as unknown. @internal */
export function compareDates(date: string | null, other: string | null): 'older' | 'newer' | 'same or unknown' {
  const difference = secondsBetween(other, date);
  if (difference === null || difference === 0) return 'same or unknown';
  return difference < 0 ? 'older' : 'newer';
}

/** The later of two dates of the server's; the readable one where the other is not. @internal */
export function laterDate(date: string | null, known: string | null): string | null {
  if (secondsBetween(date, date) === null) return known;
  return known === null || compareDates(date, known) === 'newer' ? date : known;
}

/** Seconds from one date of the server's to another; `null` where one of them is missing or cannot be read. @internal */
export function secondsBetween(from: string | null | undefined, to: string | null | undefined): number | null {
  const difference = (Date.parse(to ?? '') - Date.parse(from ?? '')) / 1000;
  return isNumber(difference) ? difference : null;
}
