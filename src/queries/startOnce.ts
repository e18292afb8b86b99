import { heldBy } from '../internal/heldBy.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import { uuid } from '../internal/uuid.js';
import { isLayersError } from '../model/errors.js';
import { mayHaveTakenEffect, readGenerationProblem } from '../model/generationProblem.js';
import type { AcceptedJob } from '../model/job.js';
import { isRecord } from '../model/plainJson.js';
import { CADENCE } from '../schedule/cadence.js';
import type { LayersClient } from '../schedule/scheduledClient.js';

/** One intent to start something: one input for one target. */
interface Intent {
  readonly since: number;
  /** Whether a request can have taken effect without a response. */
  mayHaveStarted: boolean;
  /** Sends the request with the key of the intent; from the first submit, so that every request is identical. */
  readonly send: () => Promise<AcceptedJob>;
  /** Pending while the request is sent and retried. */
  run: Promise<AcceptedJob> | undefined;
}

/** Most requests per submit, and how long after it the last retry can start, in milliseconds. */
const TRIES = 4;
const LAST_TRY_MS = 30_000;
/** How long the API replays a response, in milliseconds (common-patterns page). */
const KEY_HOLDS_MS = 24 * 60 * 60_000;

const intentsOf = heldBy(() => new Map<string, Intent>());

/**
 * Starts something once per intent, identified by `what` (the target and everything that is sent). All its requests have the same `Idempotency-Key`:
 *
 * 1. a submit while one is in flight joins it;
 * 2. a lost response (network, timeout, 5xx, an invalid body) is retried after 2, 4 and 8 s or `Retry-After`, for up to 30 s; so is a 429 with `Retry-After`,
 *    unless it limits running jobs;
 * 3. if that fails too, the key is kept: submitting the same input again finds the first one's result;
 * 4. a success, or a refusal of a request that had no effect, ends the intent. The next submit is a new one.
 *
 * Intents belong to the client, not to a component: a form that is closed and reopened finds its intent.
 */
export async function startOnce(
  client: LayersClient,
  what: readonly unknown[],
  send: (idempotencyKey: string) => Promise<AcceptedJob>,
): Promise<AcceptedJob> {
  const intents = intentsOf(client);
  const since = monotonicNow();
  for (const [name, intent] of intents) if (!intent.run && since - intent.since >= KEY_HOLDS_MS) intents.delete(name);
  const name = JSON.stringify(what, inOrder);
  const idempotencyKey = uuid();
  const intent: Intent = intents.get(name) ?? { since, mayHaveStarted: false, send: () => send(idempotencyKey), run: undefined };
  intents.set(name, intent);
  intent.run ??= sendUntilAnswered(intent).finally(() => {
    intent.run = undefined;
    if (!intent.mayHaveStarted) intents.delete(name);
  });
  return intent.run;
}

function inOrder(_: string, value: unknown): unknown {
  return isRecord(value) ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))) : value;
}

async function sendUntilAnswered(intent: Intent): Promise<AcceptedJob> {
  const submittedAt = monotonicNow();
  for (let tries = 1; ; tries += 1) {
    try {
      const accepted = await intent.send();
      intent.mayHaveStarted = false;
      return accepted;
    } catch (error) {
      const pause = pauseAfter(error, tries, intent);
      if (isLayersError(error) && mayHaveTakenEffect(error)) intent.mayHaveStarted = true;
      if (pause !== false && monotonicNow() + pause - submittedAt <= LAST_TRY_MS) {
        await new Promise((resolve) => setTimeout(resolve, pause));
        continue;
      }
      if (isConflict(error)) intent.mayHaveStarted = false;
      throw error;
    }
  }
}

/** Milliseconds until the request is retried; `false`: it isn't. */
function pauseAfter(error: unknown, tries: number, { mayHaveStarted }: Intent): number | false {
  if (!isLayersError(error) || tries >= TRIES) return false;
  const isOffline = error.code === 'NETWORK' && typeof navigator !== 'undefined' && navigator.onLine === false;
  const isLost = mayHaveTakenEffect(error) && !isOffline;
  // After a lost response it means that the first request is still in progress.
  const isUnderWay = isConflict(error) && mayHaveStarted;
  // Only with `Retry-After`: the cap on running jobs ends with a job, not with time.
  const isSlowedDown = error.retryAfterMs !== null && readGenerationProblem(error).kind === 'rate';
  if (!isLost && !isUnderWay && !isSlowedDown) return false;
  const backoff = CADENCE.base * 2 ** (tries - 1) * (1 + Math.random() / 4);
  return Math.max(backoff, error.retryAfterMs ?? 0);
}

const isConflict = (error: unknown) => isLayersError(error) && error.code === 'IDEMPOTENCY_CONFLICT';
