import { monotonicNow } from '../internal/monotonicNow.js';
import { uuid } from '../internal/uuid.js';
import { isLayersError } from '../model/errors.js';
import { mayHaveTakenEffect, readGenerationProblem } from '../model/generationProblem.js';
import { isRecord } from '../model/plainJson.js';
import { CADENCE } from '../schedule/cadence.js';
import type { LayersClient } from '../schedule/createLayersClient.js';

/** What a person wants started: one input for one place. */
interface Intent {
  readonly idempotencyKey: string;
  readonly since: number;
  /** Whether a request of it may have taken effect, though no answer said so. */
  mayHaveStarted: boolean;
  /** Sends it; the first submit's, so that every request is the same to the letter. */
  readonly send: (idempotencyKey: string) => Promise<unknown>;
  /** While it is being sent. */
  run: Promise<unknown> | undefined;
}

/** How often one submit is sent, and how long after it the last try may begin. A person is told rather than kept waiting for longer. */
const TRIES = 4;
const LAST_TRY_MS = 30_000;
/** How long the API replays an answer (common-patterns page). */
const KEY_HOLDS_MS = 24 * 60 * 60_000;
const KEPT_AT_MOST = 200;

const intents = new WeakMap<LayersClient, Map<string, Intent>>();

/**
 * Starts something once for each intent, that is for each `what` (the place and all that is sent). One `Idempotency-Key` goes with all its requests:
 *
 * 1. what is asked for again while it is being sent joins that;
 * 2. a lost answer (network, timeout, 5xx, a body that cannot be read) is asked for again by itself, after 2, 4 and 8 s or `Retry-After`, for up to half a
 *    minute; so is a 429 that says when, unless it is for jobs that run;
 * 3. where that gives no answer either, the key is kept: the same input submitted again finds what the first one began;
 * 4. a success, or a refusal of what surely never began, ends the intent. The next submit is a new one.
 *
 * It belongs to the client and not to a component: a form that is left and opened again meets its own intent.
 */
export async function startOnce<Started>(
  client: LayersClient,
  what: readonly unknown[],
  send: (idempotencyKey: string) => Promise<Started>,
): Promise<Started> {
  const kept = intents.get(client) ?? new Map<string, Intent>();
  intents.set(client, kept);
  const name = JSON.stringify(what, inOrder);
  const intent = current(kept.get(name)) ?? { idempotencyKey: uuid(), since: monotonicNow(), mayHaveStarted: false, send, run: undefined };
  if (intent.run !== undefined) return intent.run as Promise<Started>;
  kept.delete(name);
  kept.set(name, intent);
  forgetOldest(kept);
  intent.run = sendUntilAnswered(intent);
  try {
    const started = await intent.run;
    kept.delete(name);
    return started as Started;
  } catch (error) {
    if (!intent.mayHaveStarted || isConflict(error)) kept.delete(name);
    throw error;
  } finally {
    intent.run = undefined;
  }
}

function current(intent: Intent | undefined): Intent | undefined {
  return intent !== undefined && (intent.run !== undefined || monotonicNow() - intent.since < KEY_HOLDS_MS) ? intent : undefined;
}

function forgetOldest(kept: Map<string, Intent>): void {
  for (const [name, intent] of kept) {
    if (kept.size <= KEPT_AT_MOST) return;
    if (intent.run === undefined) kept.delete(name);
  }
}

function inOrder(_: string, value: unknown): unknown {
  return isRecord(value) ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))) : value;
}

async function sendUntilAnswered(intent: Intent): Promise<unknown> {
  const submittedAt = monotonicNow();
  for (let tries = 1; ; tries += 1) {
    try {
      return await intent.send(intent.idempotencyKey);
    } catch (error) {
      const pause = pauseAfter(error, tries, intent);
      if (isLayersError(error) && mayHaveTakenEffect(error)) intent.mayHaveStarted = true;
      if (pause === false || monotonicNow() + pause - submittedAt > LAST_TRY_MS) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/** Milliseconds until the same request is sent again by itself; `false`: it is not. */
function pauseAfter(error: unknown, tries: number, { mayHaveStarted }: Intent): number | false {
  if (!isLayersError(error) || tries >= TRIES) return false;
  const isOffline = error.code === 'NETWORK' && typeof navigator !== 'undefined' && navigator.onLine === false;
  const isLost = mayHaveTakenEffect(error) && !isOffline;
  // After a lost answer it says that the first request is still being worked on.
  const isUnderWay = isConflict(error) && mayHaveStarted;
  // Only where the API says when: the cap on running jobs ends with a job, not with time.
  const isSlowedDown = error.retryAfterMs !== null && readGenerationProblem(error).kind === 'rate';
  if (!isLost && !isUnderWay && !isSlowedDown) return false;
  const backoff = CADENCE.base * 2 ** (tries - 1) * (1 + Math.random() / 4);
  return Math.max(backoff, error.retryAfterMs ?? 0);
}

const isConflict = (error: unknown) => isLayersError(error) && error.code === 'IDEMPOTENCY_CONFLICT';
