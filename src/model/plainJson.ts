/** Whether a value is an object with keys: no array, no `null`. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a JSON text; `undefined`: it isn't JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * A copy of an open object (`brief`, a job's `result`, an error's `details`) that is plain JSON through and through; `null` where it is no object
 * or cannot be written as JSON (too deep, circular).
 */
export function plainRecord(value: unknown): Record<string, unknown> | null {
  if (!isRecord(value)) return null;
  try {
    // JSON.parse reads 1e999 as Infinity and -0 as -0; writing them again is what keeps both out of the cache, where they would not compare equal.
    const copy: unknown = JSON.parse(JSON.stringify(value), withoutProto);
    return isRecord(copy) ? copy : null;
  } catch {
    return null;
  }
}

// An own `__proto__` key is harmless until somebody merges the object key by key, as a query cache does.
function withoutProto(key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value;
}
