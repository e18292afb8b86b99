import type { QueryClient } from '@tanstack/react-query';
import type { LayersClient } from '../client/LayersClient.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import type { ApprovalResult } from '../model/approval.js';
import { isLayersError, LayersError } from '../model/errors.js';
import { containerKey } from '../model/ids.js';
import { findRecord, type Shown, showDecided, showDeciding, takeBack } from './approvalRows.js';
import { type ApprovalDecision, checkDecision } from './decisionText.js';
import { layersKeys } from './keys.js';

/** One decision on its way, or just taken: whoever decides the same joins it. */
interface Flight {
  decision: ApprovalDecision['decision'];
  answer: Promise<ApprovalResult>;
  /** When it ended, on the clock of `monotonicNow`; `null`: it is on its way. */
  endedAt: number | null;
  /** What holds after it failed, in the server's word, where the answer told it; `null`: what was read last. */
  holds: string | null;
  /** The caches that show it. */
  caches: WeakMap<QueryClient, Promise<void>>;
}

const flights = new WeakMap<LayersClient, Map<string, Flight>>();

/** The second click of a slow hand comes within this time, and means the decision that was just taken. */
const DOUBLE_CLICK_MS = 1_000;

/**
 * Decides a container's approval: shown at once in its record and in every list, and taken back if it does not come about. While one decision is on its
 * way there is no second request: the same decision joins it, and the other waits for how it comes out.
 *
 * @throws LayersError `INVALID_INPUT` for a note or a reason that the API would not take, and whatever the client throws; a `CONFLICT` tells in
 * `details.approvalStatus` what holds instead, as far as that could be read
 */
export async function decide(
  client: LayersClient,
  queryClient: QueryClient,
  containerId: string,
  input: ApprovalDecision,
): Promise<ApprovalResult> {
  checkDecision(input);
  const shown = { client, queryClient, containerId };
  const under = joinable(client, containerId);
  if (under !== undefined && under.decision !== input.decision) {
    const first = await under.answer.catch(() => null);
    if (first !== null) throw decidedAlready(first);
    return decide(client, queryClient, containerId, input);
  }
  const flight = under ?? takeOff(client, containerId, input);
  const settled = flight.caches.get(queryClient) ?? accompany(shown, flight);
  flight.caches.set(queryClient, settled);
  await settled;
  return flight.answer;
}

function flightsOf(client: LayersClient): Map<string, Flight> {
  const known = flights.get(client) ?? new Map<string, Flight>();
  flights.set(client, known);
  return known;
}

function joinable(client: LayersClient, containerId: string): Flight | undefined {
  const known = flightsOf(client);
  for (const [key, { endedAt }] of known) if (endedAt !== null && monotonicNow() - endedAt > DOUBLE_CLICK_MS) known.delete(key);
  return known.get(containerKey(containerId));
}

function takeOff(client: LayersClient, containerId: string, input: ApprovalDecision): Flight {
  const known = flightsOf(client);
  const key = containerKey(containerId);
  const open = client.decisions.begin(containerId, input.decision === 'approve' ? 'approved' : 'rejected');
  const sent =
    input.decision === 'approve' ? client.approve(containerId, { note: input.note }) : client.reject(containerId, { reason: input.reason });
  const end = () => {
    flight.endedAt = monotonicNow();
    flight.holds = client.decisions.end(open);
  };
  const answer = sent.then(
    (result) => {
      end();
      return result;
    },
    (error: unknown) => {
      end();
      if (known.get(key) === flight) known.delete(key);
      throw error;
    },
  );
  const flight: Flight = { decision: input.decision, answer, endedAt: null, holds: null, caches: new WeakMap() };
  known.set(key, flight);
  return flight;
}

/** Shows a decision in one cache, from its beginning to its end. */
async function accompany(shown: Shown, flight: Flight): Promise<void> {
  const { client, containerId } = shown;
  showDeciding(shown, flight.decision === 'approve' ? 'approved' : 'rejected', () => flight.endedAt === null);
  let error: unknown;
  try {
    const { rawApprovalStatus } = await flight.answer;
    return showDecided(shown, rawApprovalStatus);
  } catch (reason) {
    error = reason;
  }
  if (flight.holds === null) takeBack(shown, () => flightsOf(client).get(containerKey(containerId)) === undefined);
  else showDecided(shown, flight.holds);
  if (!isOpenQuestion(error)) return;
  const reading = readAgain(shown);
  if (flight.holds !== null || !isLayersError(error) || error.code !== 'CONFLICT') return;
  // Somebody else was faster, and the answer does not say with what.
  const holds = await reading;
  if (holds !== null && holds !== 'pending')
    throw new LayersError({ ...plain(error), details: { ...error.details, approvalStatus: holds }, cause: error });
}

/** Whether what holds has to be read: somebody else decided, or nobody knows whether the decision was taken. */
function isOpenQuestion(error: unknown): boolean {
  if (!isLayersError(error)) return false;
  const { code, status } = error;
  if (status === null) return code === 'NETWORK' || code === 'TIMEOUT' || code === 'INVALID_RESPONSE';
  return status === 409 || status === 404 || status >= 500;
}

/** Reads a container again, and shows what holds. Its approval in the server's word; `null` where it could not be read. */
async function readAgain(shown: Shown): Promise<string | null> {
  const { client, queryClient, containerId } = shown;
  const record = findRecord(shown);
  try {
    let holds: string | undefined;
    if (record?.isActive()) {
      await queryClient.invalidateQueries({ queryKey: layersKeys.container(client, containerId), exact: true });
      holds = record.state.status === 'success' ? record.state.data?.rawApprovalStatus : undefined;
    } else {
      record?.invalidate();
      holds = (await client.getContainer(containerId)).rawApprovalStatus;
    }
    if (holds === undefined) return null;
    // Unless somebody tries again already.
    if (joinable(client, containerId) === undefined) showDecided(shown, holds);
    return holds;
  } catch {
    return null;
  }
}

function decidedAlready({ rawApprovalStatus }: ApprovalResult): LayersError {
  return new LayersError({
    code: 'CONFLICT',
    message: 'Another decision was taken here a moment before, so this one was not sent. What is shown is what holds.',
    details: { approvalStatus: rawApprovalStatus },
  });
}

function plain({ code, message, status, requestId, retryAfterMs }: LayersError) {
  return { code, message, status, requestId, retryAfterMs };
}
