import type { QueryClient } from '@tanstack/react-query';
import type { LayersClient } from '../client/LayersClient.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import type { Container } from '../model/container.js';
import type { ProgressSnapshot } from '../model/progress.js';
import { isTerminalStatus } from '../model/status.js';
import { type AdvanceProgressOptions, advanceProgress } from '../progress/advanceProgress.js';
import type { ContainerProgress } from '../progress/ContainerProgress.js';
import { inFlightDelay } from './cadence.js';
import { isFurther } from './isFurther.js';
import { layersKeys } from './keys.js';
import { type PollingOptions, pollingOptions } from './polling.js';
import { endsLife } from './progressEnds.js';
import { progressHistoryOf } from './progressHistory.js';
import type { LayersQueryOptions } from './types.js';

/** Options of {@link containerProgressOptions}. */
export interface ContainerProgressOptions extends PollingOptions {
  /** What the estimate may rest on beside the server's own: a stage plan, learned stage durations. */
  estimate?: AdvanceProgressOptions | undefined;
}

/**
 * TanStack Query options for a container's progress: read at the documented cadence (2 s; 5 s once the same stage has lasted 30 s) until a terminal
 * status, each snapshot folded into the whole-job estimate by `advanceProgress`. The terminal snapshot refreshes the container once.
 */
export function containerProgressOptions(
  client: LayersClient,
  containerId: string,
  options: ContainerProgressOptions = {},
): LayersQueryOptions<ContainerProgress, ReturnType<typeof layersKeys.progress>> {
  const queryKey = layersKeys.progress(client, containerId);
  const history = progressHistoryOf(client);
  const advance = (
    previous: ContainerProgress | null,
    snapshot: ProgressSnapshot,
    more: AdvanceProgressOptions | undefined = options.estimate,
  ): ContainerProgress => {
    const progress = advanceProgress(previous, snapshot, monotonicNow(), { history: history.current, ...more });
    if (previous !== null && endsLife(previous, progress)) history.learn(progress, more?.format ?? null);
    return progress;
  };
  return {
    queryKey: queryKey as never,
    queryFn: async ({ signal, client: queryClient }) => {
      const snapshot = await client.getProgress(containerId, { signal });
      const previous = queryClient.getQueryData<ContainerProgress>(queryKey) ?? null;
      const progress = advance(previous, snapshot, estimate(queryClient, client, containerId, options));
      if (progress.status !== previous?.status) tellContainer(queryClient, client, containerId, progress, previous);
      return progress;
    },
    ...pollingOptions<ContainerProgress>(client.reads, {
      kind: 'progress',
      id: containerId,
      isTerminal: (progress) => progress.isTerminal,
      receive: (progress, snapshot: ProgressSnapshot) => advance(progress ?? null, snapshot),
      delay: ({ status, stageStartedAt }) =>
        // A word of a newer server: in flight, and read slowly.
        inFlightDelay(status === 'unknown' ? Number.POSITIVE_INFINITY : monotonicNow() - stageStartedAt, options.refetchInterval),
      startedAt: (progress) => progress.startedAt,
      etaSeconds: (progress) => progress.etaSeconds,
      newsOf: ({ status, stage, stageProgress, updatedAt }) => `${status} ${stage} ${stageProgress} ${updatedAt}`,
      take: (progress, { status, rawStatus, updatedAt }) =>
        isFurther(status, progress.status) ? advance(progress, { ...snapshotIn(progress), status, rawStatus, updatedAt }) : undefined,
    }),
  };
}

/** What the estimate may rest on: what the caller gave, and what is known of the container already. */
function estimate(
  queryClient: QueryClient,
  client: LayersClient,
  containerId: string,
  options: ContainerProgressOptions,
): AdvanceProgressOptions {
  const known = queryClient.getQueryData<Container>(layersKeys.container(client, containerId));
  return known === undefined ? { ...options.estimate } : { createdAt: known.createdAt, format: known.format, ...options.estimate };
}

/**
 * Keeps the container's record in step with its progress: a new status is written to it, and one that ends the container has the record read again,
 * once, for what came of it (media, `lastError`). A container that was made anew in its place begins another life here, too.
 */
function tellContainer(
  queryClient: QueryClient,
  client: LayersClient,
  containerId: string,
  { status, rawStatus, isTerminal }: ContainerProgress,
  previous: ContainerProgress | null,
) {
  const queryKey = layersKeys.container(client, containerId);
  const known = queryClient.getQueryData<Container>(queryKey);
  if (known === undefined) return;
  const wasInFlight = previous !== null && !previous.isTerminal;
  const livesAgain = previous?.isTerminal === true && !isTerminal;
  if (isTerminal) {
    if (wasInFlight || !isTerminalStatus(known.status)) void queryClient.invalidateQueries({ queryKey, exact: true });
  } else if (known.status !== status && (livesAgain || !isTerminalStatus(known.status)))
    queryClient.setQueryData<Container>(queryKey, { ...known, status, rawStatus });
}

/** The reading that a progress was last made from, without an ETA: a status from elsewhere says nothing of it. */
function snapshotIn({
  containerId,
  stage,
  stageProgress,
}: ContainerProgress): Omit<ProgressSnapshot, 'status' | 'rawStatus' | 'updatedAt'> {
  return { containerId, stage, stageProgress, etaSeconds: null };
}
