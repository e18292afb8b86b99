import type { QueryClient } from '@tanstack/react-query';
import { monotonicNow } from '../internal/monotonicNow.js';
import type { AcceptedJob, Job } from '../model/job.js';
import type { LayersClient } from '../schedule/scheduledClient.js';
import { cacheOf } from './cacheOf.js';
import { layersKeys } from './keys.js';
import { refreshLists } from './list/patchLists.js';

/**
 * Writes an accepted job and its containers to the cache before their first read, and refreshes the project's lists. A replayed 202 can be outdated, so its
 * containers are left to their first read.
 */
export function showStarted(client: LayersClient, queryClient: QueryClient, projectId: string | null, accepted: AcceptedJob): void {
  showJob(client, queryClient, accepted);
  const job = { ...accepted, projectId: accepted.projectId ?? projectId };
  const begun = accepted.containerIds.map(
    (id) => ({ kind: 'accepted', id, job, preserveAssets: false, isAgain: false, askedAt: monotonicNow() }) as const,
  );
  cacheOf(client, queryClient).tell(begun);
  refreshLists(client, queryClient, [projectId, accepted.projectId]);
}

/** Writes an accepted job to the cache, unless it is a replay. */
export function showJob(client: LayersClient, queryClient: QueryClient, { isReplay, ...job }: AcceptedJob): void {
  if (!isReplay) queryClient.setQueryData<Job>(layersKeys.job(client, job.jobId), (known) => known ?? job);
}

/** Refetches a container after a request with an unknown outcome. Never rejects. */
export async function readAgain(client: LayersClient, containerId: string): Promise<void> {
  await Promise.allSettled([
    client.schedule.read('record', containerId, 'person'),
    client.schedule.read('progress', containerId, 'person'),
  ]);
}
