import { keepNewest } from '../../internal/keepNewest.js';
import { monotonicNow } from '../../internal/monotonicNow.js';
import type { LayersStore } from './store.js';

/** How many keys are kept at most: the oldest is dropped first. */
const CAPACITY = 100_000;

/** Keeps everything in this process: for a server that is one process. The default of `createLayersServer`. */
export function createMemoryStore(): LayersStore {
  const kept = new Map<string, { value: string; until: number }>();
  const taken = new Map<string, number[]>();
  const listeners = new Set<(message: string) => void>();

  function get(key: string): string | null {
    const entry = kept.get(key);
    if (entry !== undefined && entry.until > monotonicNow()) return entry.value;
    kept.delete(key);
    return null;
  }
  function set(key: string, value: string, ms: number): void {
    keepNewest(kept, key, { value, until: monotonicNow() + ms }, CAPACITY);
  }
  const pausedFor = (budget: string) => (kept.get(`pause ${budget}`)?.until ?? 0) - monotonicNow();

  return {
    isShared: false,
    take: async (budget, limit, windowMs) => {
      const now = monotonicNow();
      const sent = (taken.get(budget) ?? []).filter((at) => at > now - windowMs);
      taken.set(budget, sent);
      const wait = Math.max(pausedFor(budget), (sent[sent.length - limit] ?? Number.NEGATIVE_INFINITY) + windowMs - now);
      if (wait > 0) return wait;
      sent.push(now);
      return 0;
    },
    count: async (budget, windowMs, ages) => {
      const now = monotonicNow();
      const sent = [...(taken.get(budget) ?? []), ...ages.map((age) => now - age)].filter((at) => at > now - windowMs);
      taken.set(
        budget,
        sent.sort((one, other) => one - other),
      );
    },
    spent: async (budget, windowMs) => {
      const now = monotonicNow();
      return (taken.get(budget) ?? []).map((at) => now - at).filter((age) => age < windowMs);
    },
    pause: async (budget, ms) => {
      if (ms > pausedFor(budget)) set(`pause ${budget}`, '', ms);
    },
    get: async (key) => {
      const value = get(`key ${key}`);
      return value === null ? null : { value, leftMs: (kept.get(`key ${key}`)?.until ?? 0) - monotonicNow() };
    },
    set: async (key, value, ms) => set(`key ${key}`, value, ms),
    claim: async (key, ms) => {
      if (get(`key ${key}`) !== null) return false;
      set(`key ${key}`, '', ms);
      return true;
    },
    remove: async (key) => void kept.delete(`key ${key}`),
    lease: async (name, holder, ms) => {
      const current = get(`lease ${name}`);
      if (current !== null && current !== holder) return false;
      set(`lease ${name}`, holder, ms);
      return true;
    },
    endLease: async (name, holder) => {
      if (get(`lease ${name}`) === holder) kept.delete(`lease ${name}`);
    },
    present: async () => 1,
    publish: async (message) => {
      for (const listener of listeners) listener(message);
    },
    subscribe: async (listener) => {
      listeners.add(listener);
      return async () => void listeners.delete(listener);
    },
    close: async () => listeners.clear(),
  };
}
