import { monotonicNow } from '../../internal/monotonicNow.js';
import type { WebhookEvent } from './event.js';

/** Remembers which events were seen. Every process of a server asks the same one. */
export interface WebhookDedupe {
  /** Whether an event is seen for the first time; it is remembered with this. Of several that ask at once, one is told `true`. */
  isNew(eventId: string): Promise<boolean>;
  /** Forgets an event that couldn't be handled, so that its retry is. */
  forget(eventId: string): Promise<void>;
}

/** What {@link createMemoryDedupe} takes. */
export interface MemoryDedupeOptions {
  /** How many events are remembered; beyond it the oldest are forgotten. @default 10000 */
  maxEvents?: number | undefined;
  /** How long an event is remembered, in milliseconds. @default 172800000 (two days; the API's last retry comes after 32 hours) */
  lifeMs?: number | undefined;
  /** Milliseconds on a clock that never runs backwards. */
  now?: (() => number) | undefined;
}

/** Remembers in the memory of one process. */
export function createMemoryDedupe({
  maxEvents = 10_000,
  lifeMs = 172_800_000,
  now = monotonicNow,
}: MemoryDedupeOptions = {}): WebhookDedupe {
  /** When each was seen. Oldest first, because every life is as long. */
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
 * Whether an event is still to be handled. One without an id always is, and so is a replay: one page of the documentation gives it a new event id, another
 * the old one, and somebody asked for it. Handling an event twice costs one more read.
 */
export async function isUnseen(dedupe: WebhookDedupe, { id, replayOf }: Pick<WebhookEvent, 'id' | 'replayOf'>): Promise<boolean> {
  return id === null || replayOf !== null || (await dedupe.isNew(id));
}
