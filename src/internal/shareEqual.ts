const isPlain = (value: object) => Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;

/** `next` with every part that equals its counterpart in `previous` replaced by it; `previous` itself where all is equal. Of what is no plain JSON, `next` as it is. */
export function shareEqual<T>(previous: unknown, next: T): T {
  if (Object.is(previous, next)) return previous as T;
  if (typeof previous !== 'object' || typeof next !== 'object' || previous === null || next === null) return next;
  if (Array.isArray(previous) !== Array.isArray(next) || !isPlain(previous) || !isPlain(next)) return next;
  const before = previous as Record<string, unknown>;
  const after = next as Record<string, unknown>;
  const keys = Object.keys(after);
  let isEqual = keys.length === Object.keys(before).length;
  const shared: Record<string, unknown> | unknown[] = Array.isArray(next) ? [] : {};
  for (const key of keys) {
    const value = key in before ? shareEqual(before[key], after[key]) : after[key];
    if (!(key in before) || !Object.is(value, before[key])) isEqual = false;
    (shared as Record<string, unknown>)[key] = value;
  }
  return isEqual ? (previous as T) : (shared as T);
}
