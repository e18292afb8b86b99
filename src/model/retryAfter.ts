const SECONDS = /^\d+$/;
// The three forms that RFC 9110 section 5.6.7 tells a recipient to accept. `Date.parse` takes far more: "5.5" is a day in May 2001 to it.
const IMF_FIXDATE = /^[A-Z][a-z]{2}, (?<day>\d{2}) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/;
const RFC_850 = /^[A-Z][a-z]{5,8}, (?<day>\d{2})-(?<month>[A-Z][a-z]{2})-(?<year>\d{2}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/;
const ASCTIME = /^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) (?<time>\d{2}:\d{2}:\d{2}) (?<year>\d{4})$/;

/**
 * A `Retry-After` header as milliseconds from now, rounded up and never shortened (model rule 7).
 * Whole seconds, or an HTTP date; a date in the past is 0. `null` where there is no header or it is neither (`5.5`, `-1`, `soon`).
 * @param nowMs milliseconds since 1970
 */
export function parseRetryAfter(header: string | null, nowMs: number): number | null {
  const value = header?.trim() ?? '';
  // JSON has no Infinity: a number of seconds past counting is "as long as can be told".
  if (SECONDS.test(value)) return Math.min(Number(value) * 1000, Number.MAX_SAFE_INTEGER);
  const date = parseHttpDate(value, nowMs);
  return date === null ? null : Math.max(0, Math.ceil(date - nowMs));
}

function parseHttpDate(value: string, nowMs: number): number | null {
  const { day, month, year, time } = (IMF_FIXDATE.exec(value) ?? RFC_850.exec(value) ?? ASCTIME.exec(value))?.groups ?? {};
  if (year === undefined) return null;
  const date = Date.parse(`${day} ${month} ${fullYear(year, nowMs)} ${time} GMT`);
  return Number.isNaN(date) ? null : date;
}

function fullYear(year: string, nowMs: number): number {
  if (year.length === 4) return Number(year);
  // RFC 9110: a two-digit year that seems more than 50 years ahead is the most recent past one with those digits.
  const thisYear = new Date(nowMs).getUTCFullYear();
  const sameCentury = thisYear - (thisYear % 100) + Number(year);
  return sameCentury > thisYear + 50 ? sameCentury - 100 : sameCentury;
}
