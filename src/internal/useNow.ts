'use client';
import { useSyncExternalStore } from 'react';
import { isShown, onShownChange } from './shownDocuments.js';

const PERIOD_MS = 30_000;
const listeners = new Set<() => void>();
let now: number | null = null;
let timer: ReturnType<typeof setInterval> | undefined;
let unlisten: (() => void) | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) {
    tick();
    timer = setInterval(tick, PERIOD_MS);
    unlisten = onShownChange(tick);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    unlisten?.();
    now = null;
  };
}

function tick(): void {
  if (!isShown() && now !== null) return;
  now = Date.now();
  for (const listener of listeners) listener();
}

/**
 * The time of day in milliseconds, renewed every 30 s by one timer for the whole page; still while the page is hidden.
 * `null` on a server, while hydrating and in the first render, so that what a server drew and what a browser draws are the same.
 */
export function useNow(): number | null {
  return useSyncExternalStore(
    subscribe,
    () => now,
    () => null,
  );
}
