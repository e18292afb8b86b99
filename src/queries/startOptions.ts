import type { QueryClient, UseMutationOptions } from '@tanstack/react-query';
import {
  type ClonePostInput,
  cloneBody,
  type GenerateInput,
  generateRequest,
  type RegenerateInput,
  regenerateBody,
} from '../client/generate.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import type { Container } from '../model/container.js';
import { containerKey } from '../model/ids.js';
import type { LayersError } from '../model/errors.js';
import { type GenerationProblemKind, readGenerationProblem } from '../model/generationProblem.js';
import type { AcceptedJob, Job } from '../model/job.js';
import type { LayersClient } from '../schedule/scheduledClient.js';
import { cacheOf } from './cacheOf.js';
import { layersKeys } from './keys.js';
import { findRow, refreshLists } from './list/patchLists.js';
import { startOnce } from './startOnce.js';

type StartOptions<Input> = UseMutationOptions<AcceptedJob, LayersError, Input>;

/** One of the builders below. */
export type StartOptionsOf<Input> = (client: LayersClient, queryClient: QueryClient, id: string) => StartOptions<Input>;

interface Start<Input> {
  mutationKey: readonly unknown[];
  /** What is sent: equal inputs are one intent. */
  body: (input: Input) => unknown;
  send: (input: Input, options: { idempotencyKey: string }) => Promise<AcceptedJob>;
  started: (accepted: AcceptedJob) => void;
  failed?: (kind: GenerationProblemKind) => void;
}

/**
 * TanStack mutation options that start a generation. Each intent has one `Idempotency-Key`, reused for retries; lost responses are retried automatically, so
 * TanStack's `retry` is off. The accepted job and containers are in the cache at once, and the project's lists refresh, also if the outcome is unknown.
 */
export function generateOptions(client: LayersClient, queryClient: QueryClient, projectId: string): StartOptions<GenerateInput> {
  return startOptions(client, queryClient, {
    mutationKey: [...layersKeys.lists(client, projectId), 'generate'],
    body: (input) => generateRequest(input, client.edition),
    send: (input, options) => client.generate(projectId, input, options),
    ...newContainers(client, queryClient, () => projectId),
  });
}

/**
 * TanStack mutation options that regenerate a container in place, with one `Idempotency-Key` per intent like `generateOptions`. The container is shown as
 * queued and undecided; on a conflict, or if the outcome is unknown, it is refetched.
 */
export function regenerateOptions(
  client: LayersClient,
  queryClient: QueryClient,
  containerId: string,
): StartOptions<RegenerateInput | void> {
  const readAgain = () => {
    for (const kind of ['record', 'progress'] as const) client.schedule.read(kind, containerId, 'person').catch(() => {});
  };
  return startOptions(client, queryClient, {
    mutationKey: [...layersKeys.container(client, containerId), 'regenerate'],
    body: (input) => regenerateBody(input ?? {}),
    send: (input, options) => client.regenerate(containerId, input ?? {}, options),
    started: ({ isReplay }) => {
      if (isReplay) readAgain();
    },
    failed: (kind) => {
      if (kind === 'unknown' || kind === 'sent_before' || kind === 'conflict') readAgain();
    },
  });
}

/** TanStack mutation options that create new containers from a post, with one `Idempotency-Key` per intent like `generateOptions`. */
export function cloneOptions(client: LayersClient, queryClient: QueryClient, containerId: string): StartOptions<ClonePostInput> {
  const queryKey = layersKeys.container(client, containerId);
  return startOptions(client, queryClient, {
    mutationKey: [...queryKey, 'clone'],
    body: cloneBody,
    send: (input, options) => client.cloneFromPost(containerId, input, options),
    ...newContainers(client, queryClient, () => {
      const known = queryClient.getQueryData<Container>(queryKey) ?? findRow(queryClient, client.scope, containerKey(containerId))?.row;
      return known?.projectId ?? null;
    }),
  });
}

function startOptions<Input>(
  client: LayersClient,
  queryClient: QueryClient,
  { mutationKey, body, send, started, failed }: Start<Input>,
): StartOptions<Input> {
  return {
    mutationKey,
    mutationFn: async (input) => {
      // Keeps this cache written to even if nothing observes the container.
      const leave = cacheOf(client, queryClient).use({});
      try {
        return await startOnce(client, [...mutationKey, body(input)], (idempotencyKey) => send(input, { idempotencyKey }));
      } finally {
        leave();
      }
    },
    networkMode: 'always',
    retry: false,
    onSuccess: (accepted) => {
      const { isReplay, ...job } = accepted;
      // A replayed 202 can be outdated.
      if (!isReplay) queryClient.setQueryData<Job>(layersKeys.job(client, job.jobId), (known) => known ?? job);
      started(accepted);
    },
    onError: (error) => failed?.(readGenerationProblem(error).kind),
  };
}

/** Writes the containers of an accepted job to the cache before their first read, and refreshes the project's lists, also if the outcome is unknown. */
function newContainers(
  client: LayersClient,
  queryClient: QueryClient,
  projectId: () => string | null,
): Required<Pick<Start<unknown>, 'started' | 'failed'>> {
  return {
    started: (accepted) => {
      // As its lists are read: old 202 responses spell it without `prj_`, and would have it swept as another project.
      const job = { ...accepted, projectId: projectId() ?? accepted.projectId };
      const askedAt = monotonicNow();
      cacheOf(client, queryClient).tell(
        accepted.containerIds.map((id) => ({ kind: 'accepted', id, job, preserveAssets: false, isAgain: false, askedAt })),
      );
      refreshLists(client, queryClient, [projectId(), accepted.projectId]);
    },
    failed: (kind) => {
      if (kind === 'unknown' || kind === 'sent_before') refreshLists(client, queryClient, [projectId()]);
    },
  };
}
