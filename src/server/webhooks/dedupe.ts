import { keepNewest } from '../../internal/keepNewest.js';
import { monotonicNow } from '../../internal/monotonicNow.js';
import type { Link } from '../store/link.js';
import type { WebhookEvent } from './event.js';

/** The API's last retry comes after 32 hours. */
const LIFE_MS = 172_800_000;

/** Remembers which events were seen, by {@link dedupeKey}; shared by all processes of a server. */
export interface WebhookDedupe {
  /** Whether an event is new, and remembers it. Of several concurrent calls, one resolves to `true`. */
  isNew(key: string): Promise<boolean>;
  /** Forgets an event that couldn't be handled, so that its retry isn't taken for a duplicate. */
  forget(key: string): Promise<void>;
}

/** Keeps events where all processes of a key see them; in the memory of this one while that is away. */
export function sharedDedupe(link: Link): WebhookDedupe {
  const own = createMemoryDedupe();
  return {
    isNew: async (key) => {
      const isNew = await own.isNew(key);
      return isNew && ((await link.ask((store) => store.claim(`event ${key}`, LIFE_MS))) ?? true);
    },
    forget: async (key) => {
      await own.forget(key);
      await link.ask((store) => store.remove(`event ${key}`));
    },
  };
}

/** What {@link createMemoryDedupe} takes. */
export interface MemoryDedupeOptions {
  /** How many events are kept; the oldest are dropped first. @default 10000 */
  maxEvents?: number | undefined;
  /** How long an event is kept, in milliseconds. @default 172800000 (two days; the API's last retry comes after 32 hours) */
  lifeMs?: number | undefined;
  /** Milliseconds on a clock that never runs backwards. */
  now?: (() => number) | undefined;
}

/** Keeps events in the memory of one process. */
export function createMemoryDedupe({ maxEvents = 10_000, lifeMs = LIFE_MS, now = monotonicNow }: MemoryDedupeOptions = {}): WebhookDedupe {
  /** When each was seen, oldest first. */
  const seen = new Map<string, number>();
  return {
    async isNew(key) {
      const at = now();
      for (const [old, seenAt] of seen) {
        if (seenAt + lifeMs > at) break;
        seen.delete(old);
      }
      if (seen.has(key)) return false;
      keepNewest(seen, key, at, maxEvents);
      return true;
    },
    async forget(key) {
      seen.delete(key);
    },
  };
}

/**
 * What to deduplicate an event by; `null`: nothing, so handle it. A replay has a key of its own, because the documentation gives it a new event id on one page
 * and the old one on another.
 */
export function dedupeKey({ id, replayOf }: Pick<WebhookEvent, 'id' | 'replayOf'>): string | null {
  return id === null || replayOf === null ? id : `${id} ${replayOf}`;
}
