/** `next` with every part that equals its counterpart in `previous` replaced by it; `previous` itself where all is equal. Shares plain objects and arrays. */
export function shareEqual<T>(previous: unknown, next: T): T {
  if (Object.is(previous, next)) return next;
  if (!isPlain(previous) || !isPlain(next) || Array.isArray(previous) !== Array.isArray(next)) return next;
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
  return (isEqual ? previous : shared) as T;
}

const isPlain = (value: unknown) =>
  Array.isArray(value) || (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype);
