const PERIOD_MS = 1_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/**
 * Calls a listener once a second, by one timer for the whole page: none while nobody listens or the page is hidden. A page that is seen again calls
 * at once. Returns what stops it.
 */
export function onTick(listener: () => void): () => void {
  if (listeners.size === 0) {
    document.addEventListener('visibilitychange', startOrStop);
    listeners.add(listener);
    startOrStop();
  }
  listeners.add(listener);
  return () => {
    if (!listeners.delete(listener) || listeners.size > 0) return;
    document.removeEventListener('visibilitychange', startOrStop);
    clearInterval(timer);
    timer = undefined;
  };
}

function startOrStop(): void {
  clearInterval(timer);
  timer = undefined;
  if (document.visibilityState === 'hidden') return;
  if (listeners.size > 0) timer = setInterval(tick, PERIOD_MS);
  tick();
}

function tick(): void {
  for (const listener of listeners) listener();
}
