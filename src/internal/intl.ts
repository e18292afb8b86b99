/** Formats are made once: making one costs a hundred times what using it does, and a list of cards uses the same few. */
function once<Format, Options extends object>(
  make: (locale: string, options: Options) => Format,
): (locale: string, options: Options) => Format {
  const made = new Map<string, Format>();
  return (locale, options) => {
    const key = `${locale} ${JSON.stringify(options)}`;
    const format = made.get(key) ?? make(locale, options);
    made.set(key, format);
    return format;
  };
}

export const number = once((locale, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options));
const dateTime = once((locale, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options));
const relativeTime = once((locale, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(locale, options));
const pluralRules = once((locale, options: Intl.PluralRulesOptions) => new Intl.PluralRules(locale, options));

/** A length of time in one unit: seconds under a minute, minutes under an hour, then hours. */
export function span(seconds: number, locale: string, length: 'short' | 'long'): string {
  const minutes = Math.round(seconds / 60);
  const [value, name] = seconds < 60 ? [seconds, 'second'] : minutes < 60 ? [minutes, 'minute'] : [Math.round(minutes / 60), 'hour'];
  return number(locale, { style: 'unit', unit: name, unitDisplay: length, maximumFractionDigits: 0 }).format(value);
}

/** Of counts and their words, the words of those that are not 0. */
export function counted(counts: readonly (readonly [number, string])[]): string[] {
  return counts.flatMap(([count, words]) => (count === 0 ? [] : [words]));
}

/** The form of a word that goes with a number in a language; `other` where that form is not given. */
export function plural(count: number, locale: string, forms: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }): string {
  return forms[pluralRules(locale, {}).select(count)] ?? forms.other;
}

/** A whole number. */
export function whole(value: number, locale: string): string {
  return number(locale, { maximumFractionDigits: 0 }).format(value);
}

/** A length as a clock shows it, `1:07`. */
export function clock(seconds: number, locale: string): string {
  const minutes = Math.floor(seconds / 60);
  return `${whole(minutes, locale)}:${number(locale, { minimumIntegerDigits: 2 }).format(seconds % 60)}`;
}

/** A moment as the time passed since, in whole minutes, hours or days; after a week as a date. Milliseconds since 1970. */
export function timeAgo(time: number, now: number, locale: string): string {
  const minutes = Math.max(0, Math.floor((now - time) / 60_000));
  const relative = relativeTime(locale, { numeric: 'auto', style: 'narrow' });
  if (minutes < 1) return relative.format(0, 'second');
  if (minutes < 60) return relative.format(-minutes, 'minute');
  if (minutes < 60 * 24) return relative.format(-Math.floor(minutes / 60), 'hour');
  if (minutes < 60 * 24 * 7) return relative.format(-Math.floor(minutes / (60 * 24)), 'day');
  const sameYear = new Date(time).getUTCFullYear() === new Date(now).getUTCFullYear();
  return sameYear ? day(time, locale, {}) : date(time, locale);
}

/** A moment as a date in UTC, which is the same on a server and in every browser. Milliseconds since 1970. */
export function date(time: number, locale: string): string {
  return day(time, locale, { year: 'numeric' });
}

function day(time: number, locale: string, options: Intl.DateTimeFormatOptions): string {
  return dateTime(locale, { day: 'numeric', month: 'short', timeZone: 'UTC', ...options }).format(time);
}
