import { monotonicNow } from '../../internal/monotonicNow.js';
import type { WebhookEvent } from './event.js';

/** Remembers the event ids that were seen; shared by all processes of a server. */
export interface WebhookDedupe {
  /** Whether an event id is new, and remembers it. Of several concurrent calls, one resolves to `true`. */
  isNew(eventId: string): Promise<boolean>;
  /** Forgets an event that couldn't be handled, so that its retry isn't taken for a duplicate. */
  forget(eventId: string): Promise<void>;
}

/** What {@link createMemoryDedupe} takes. */
export interface MemoryDedupeOptions {
  /** How many event ids are kept; the oldest are dropped first. @default 10000 */
  maxEvents?: number | undefined;
  /** How long an event id is kept, in milliseconds. @default 172800000 (two days; the API's last retry comes after 32 hours) */
  lifeMs?: number | undefined;
  /** Milliseconds on a clock that never runs backwards. */
  now?: (() => number) | undefined;
}

/** Keeps event ids in the memory of one process. */
export function createMemoryDedupe({
  maxEvents = 10_000,
  lifeMs = 172_800_000,
  now = monotonicNow,
}: MemoryDedupeOptions = {}): WebhookDedupe {
  /** When each was seen, oldest first. */
  const seen = new Map<string, number>();
  return {
    async isNew(eventId) {
      const at = now();
      for (const [id, seenAt] of seen) {
        if (seenAt + lifeMs > at) break;
        seen.delete(id);
      }
      if (seen.has(eventId)) return false;
      seen.set(eventId, at);
      const [oldest] = seen.keys();
      if (seen.size > maxEvents && oldest !== undefined) seen.delete(oldest);
      return true;
    },
    async forget(eventId) {
      seen.delete(eventId);
    },
  };
}

/**
 * Whether an event should be handled: yes if its id is new, if it has none, or if it is a replay, which the documentation gives a new event id on one page and
 * the old one on another. Handling an event twice costs one more read.
 */
export async function isUnseen(dedupe: WebhookDedupe, { id, replayOf }: Pick<WebhookEvent, 'id' | 'replayOf'>): Promise<boolean> {
  return id === null || replayOf !== null || (await dedupe.isNew(id));
}
