/** Milliseconds since 1970 as the wire writes them: ISO 8601 UTC with `Z`, a fraction only where there is one. */
export function wireTime(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

/** The same with a fraction always, as jobs carry it [concepts/jobs]. */
export function wireTimeExact(ms: number): string {
  return new Date(ms).toISOString();
}

/** Reads an ISO 8601 timestamp that ends in `Z`; anything else, an offset form too, is `null`, as the API rejects it. */
export function readWireTime(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z)$/.test(text)) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}

/** Rounds down to a whole second, in milliseconds. */
export function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}
