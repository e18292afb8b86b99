declare const process: { env: { NODE_ENV?: string } };

const usable = new Map<string, string>();

/**
 * The locale to write in, for one that a host was given: `_` reads as `-`, and what follows `.` or `@` is left out (`en_US.UTF-8`). What `Intl` refuses
 * becomes its language, else English, with one warning in development. `undefined` and `null`: English.
 */
export function usableLocale(asked: string | null | undefined): string {
  if (!asked) return 'en';
  const known = usable.get(asked);
  if (known !== undefined) return known;
  const tag = String(asked)
    .replace(/[.@].*$/, '')
    .replaceAll('_', '-');
  const found = [tag, tag.split('-')[0] ?? ''].find(isTaken) ?? 'en';
  if (found !== tag) warn(`layers-react: "${asked}" is no language tag (BCP 47), so "${found}" is used. Pass a locale such as "en-US".`);
  usable.set(asked, found);
  return found;
}

function isTaken(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}

function warn(text: string): void {
  try {
    // oxlint-disable-next-line no-console -- what a developer has to know
    if (process.env.NODE_ENV !== 'production') console.warn(text);
  } catch {
    // A browser without a bundler has no `process`.
  }
}
