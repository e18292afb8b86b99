import type { QueryClient, UseMutationOptions } from '@tanstack/react-query';
import { heldBy } from '../internal/heldBy.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import type { ApprovalResult } from '../model/approval.js';
import { isLayersError, LayersError } from '../model/errors.js';
import { mayHaveTakenEffect } from '../model/generationProblem.js';
import { containerKey } from '../model/ids.js';
import type { LayersClient } from '../schedule/scheduledClient.js';
import { cacheOf } from './cacheOf.js';
import { type ApprovalDecision, decisionError } from './decisionText.js';
import { layersKeys } from './keys.js';

interface Flight {
  decision: ApprovalDecision['decision'];
  answer: Promise<ApprovalResult>;
}

/** Decisions in flight and just made, by container key: an equal decision joins them. */
const flightsOf = heldBy(() => new Map<string, Flight>());

/** The life of the container that each decision was made about. */
const livesOf = new WeakMap<ApprovalDecision, number>();

/** A second click within this time joins the decision that was just made, in milliseconds. */
const DOUBLE_CLICK_MS = 1_000;

/**
 * TanStack mutation options that decide a container's approval: an optimistic update of the container and every list, rolled back on failure and never undone
 * by a stale read. Overlapping calls of the same decision are one request. After a 409, or if the outcome is unknown, the container is refetched.
 */
export function approvalOptions(
  client: LayersClient,
  queryClient: QueryClient,
  containerId: string,
): UseMutationOptions<ApprovalResult, LayersError, ApprovalDecision> {
  return {
    mutationKey: [...layersKeys.container(client, containerId), 'approval'],
    mutationFn: (input) => decide(client, queryClient, containerId, input),
    networkMode: 'always',
    retry: false,
  };
}

/**
 * Decides as an optimistic update, rolled back on failure. While a decision is in flight, an equal one joins it, and a different one waits for its outcome.
 * @throws LayersError of the client; `INVALID_INPUT` for a bad text; `CONFLICT` with the current status in `details.approvalStatus`, if it could be read
 */
export async function decide(
  client: LayersClient,
  queryClient: QueryClient,
  containerId: string,
  input: ApprovalDecision,
): Promise<ApprovalResult> {
  // Before a write is spent.
  const invalid = decisionError(input);
  if (invalid !== null) throw invalid;
  livesOf.set(input, lifeOf(client, queryClient, containerId));
  const under = flightsOf(client).get(containerKey(containerId));
  if (under !== undefined && under.decision !== input.decision) {
    const first = await under.answer.catch(() => null);
    if (first !== null) throw decidedAlready(first);
    return decide(client, queryClient, containerId, input);
  }
  // Keeps this cache written to even if nothing observes the container.
  const leave = cacheOf(client, queryClient).use({});
  try {
    return await (under ?? takeOff(client, containerId, input)).answer;
  } finally {
    leave();
  }
}

/** Whether a decision was made before the container was regenerated: how it came out no longer applies. */
export function isOfEarlierLife(client: LayersClient, queryClient: QueryClient, containerId: string, input: ApprovalDecision): boolean {
  const life = lifeOf(client, queryClient, containerId);
  return (livesOf.get(input) ?? life) < life;
}

function lifeOf(client: LayersClient, queryClient: QueryClient, containerId: string): number {
  return cacheOf(client, queryClient).entry(containerId)?.memory.life ?? 0;
}

/** Shows a decision in the commit of its pending mutation, before {@link decide} sends it. Returns what ends this, if it wasn't sent after all. */
export function showDecision(client: LayersClient, queryClient: QueryClient, containerId: string, input: ApprovalDecision): () => void {
  if (decisionError(input) !== null || flightsOf(client).has(containerKey(containerId))) return () => {};
  const leave = cacheOf(client, queryClient).use({});
  const end = show(client, containerId, input);
  return () => {
    end();
    leave();
  };
}

/** Starts an optimistic update. Returns a function that ends it, and returns the server's status if it sent one since. */
function show({ decisions, schedule }: LayersClient, id: string, { decision }: ApprovalDecision): () => string | null {
  const open = decisions.begin(id, decision === 'approve' ? 'approved' : 'rejected');
  const tell = () => schedule.tell([{ kind: 'decision', id, askedAt: monotonicNow() }]);
  tell();
  return () => {
    const holds = decisions.end(open);
    tell();
    return holds;
  };
}

function takeOff(client: LayersClient, containerId: string, input: ApprovalDecision): Flight {
  const flights = flightsOf(client);
  const key = containerKey(containerId);
  const end = show(client, containerId, input);
  const send = async () => {
    try {
      const result = await (input.decision === 'approve'
        ? client.approve(containerId, { note: input.note })
        : client.reject(containerId, { reason: input.reason }));
      setTimeout(() => flights.delete(key), DOUBLE_CLICK_MS);
      return result;
    } catch (error) {
      flights.delete(key);
      const holds = end();
      throw isLayersError(error) && isOpenQuestion(error) ? await withWhatHolds(client, containerId, error, holds) : error;
    } finally {
      end();
    }
  };
  const flight = { decision: input.decision, answer: send() };
  flights.set(key, flight);
  return flight;
}

/** Whether the current status has to be read: someone else decided, or the outcome is unknown. */
const isOpenQuestion = (error: LayersError) => error.status === 409 || error.status === 404 || mayHaveTakenEffect(error);

/** Refetches the container, and adds its status to a conflict without one. */
async function withWhatHolds(client: LayersClient, containerId: string, error: LayersError, known: string | null): Promise<LayersError> {
  const reading = client.schedule.read('record', containerId, 'person').catch(() => null);
  if (known !== null || error.code !== 'CONFLICT') return error;
  const told = await reading;
  const holds = told?.kind === 'record' ? told.value.rawApprovalStatus : 'pending';
  if (holds === 'pending') return error;
  const { code, message, status, requestId, details, retryAfterMs } = error;
  return new LayersError({ code, message, status, requestId, retryAfterMs, details: { ...details, approvalStatus: holds }, cause: error });
}

function decidedAlready({ rawApprovalStatus }: ApprovalResult): LayersError {
  return new LayersError({
    code: 'CONFLICT',
    message: 'Another decision was taken here a moment before, so this one was not sent. What is shown is what holds.',
    details: { approvalStatus: rawApprovalStatus },
  });
}
