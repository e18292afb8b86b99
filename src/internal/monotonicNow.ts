let latest = 0;
let setBack = 0;

/**
 * Milliseconds since 1970 that never run backwards, whatever is done to the machine's clock. `performance.now()` would do the same, but stands
 * still while some systems sleep.
 */
export function monotonicNow(): number {
  const now = Date.now() + setBack;
  if (now >= latest) latest = now;
  else setBack += latest - now;
  return latest;
}
