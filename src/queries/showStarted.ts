import type { QueryClient } from '@tanstack/react-query';
import { monotonicNow } from '../internal/monotonicNow.js';
import type { AcceptedJob, Job } from '../model/job.js';
import type { LayersClient } from '../schedule/createLayersClient.js';
import { cacheOf } from './containerCache.js';
import { layersKeys } from './keys.js';
import { refreshLists } from './list/refreshLists.js';

/**
 * Shows what was just accepted: its job and its containers are in the cache before their first read, and the project's lists read their first page. A
 * replayed 202 may be long out of date: what it names is left to the first read.
 */
export function showStarted(client: LayersClient, queryClient: QueryClient, projectId: string | null, accepted: AcceptedJob): void {
  showJob(client, queryClient, accepted);
  const job = { ...accepted, projectId: accepted.projectId ?? projectId };
  const begun = accepted.containerIds.map((id) => ({ kind: 'accepted', id, job, preserveAssets: false, isAgain: false, askedAt: monotonicNow() }) as const);
  cacheOf(client, queryClient).tell(begun);
  refreshLists(client, queryClient, [projectId, accepted.projectId]);
}

/** Shows a job as it was accepted. */
export function showJob(client: LayersClient, queryClient: QueryClient, { isReplay, ...job }: AcceptedJob): void {
  if (!isReplay) queryClient.setQueryData<Job>(layersKeys.job(client, job.jobId), (known) => known ?? job);
}

/** Reads a container again after a request whose outcome isn't known. */
export async function readAgain(client: LayersClient, containerId: string): Promise<void> {
  await Promise.allSettled([client.schedule.read('record', containerId, 'person'), client.schedule.read('progress', containerId, 'person')]);
}
