import type { QueryClient } from '@tanstack/react-query';
import type { LayersClient } from '../client/LayersClient.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import type { AcceptedJob, Job } from '../model/job.js';
import { advanceProgress } from '../progress/advanceProgress.js';
import type { ContainerProgress } from '../progress/ContainerProgress.js';
import { layersKeys } from './keys.js';

/**
 * Shows what has just been accepted: its job and the progress of its containers are in the cache before their first read, and the project's lists read
 * their first page.
 */
export function showStarted(client: LayersClient, queryClient: QueryClient, projectId: string | null, accepted: AcceptedJob): void {
  showJob(client, queryClient, accepted);
  for (const id of accepted.containerIds) showAccepted(client, queryClient, id, accepted);
  refreshLists(client, queryClient, [projectId, accepted.projectId]);
}

/** Shows a job as it was accepted. A replayed 202 may be long out of date: that is left to the first read. */
export function showJob(client: LayersClient, queryClient: QueryClient, { isReplay, ...job }: AcceptedJob): void {
  if (!isReplay) queryClient.setQueryData<Job>(layersKeys.job(client, job.jobId), (known) => known ?? job);
}

/** Shows a container's progress as its job was accepted: another life, where it had one before. */
export function showAccepted(
  client: LayersClient,
  queryClient: QueryClient,
  containerId: string,
  { isReplay, stage, startedAt }: AcceptedJob,
): void {
  if (isReplay) return;
  const startedMs = Date.parse(startedAt ?? '');
  // Progress may be told in whole seconds: a fraction here would make its first snapshot look older.
  const updatedAt = Number.isNaN(startedMs) ? null : new Date(Math.floor(startedMs / 1000) * 1000).toISOString();
  const snapshot = { containerId, status: 'queued', rawStatus: 'queued', stage, stageProgress: null, etaSeconds: null, updatedAt } as const;
  queryClient.setQueryData<ContainerProgress>(layersKeys.progress(client, containerId), (known) =>
    known === undefined || known.isTerminal ? advanceProgress(known ?? null, snapshot, monotonicNow()) : known,
  );
}

/** Has the lists of projects read their first page, because something may be new there. Projects go by either spelling: old 202s leave `prj_` out. */
export function refreshLists(client: LayersClient, queryClient: QueryClient, projectIds: readonly (string | null)[]): void {
  const projects = new Set(projectIds.map((id) => id && bareProject(id)));
  void queryClient.invalidateQueries({
    queryKey: ['layers', client.scope, 'list'],
    predicate: ({ queryKey }) => projects.has(bareProject(String(queryKey[3]))),
  });
}

const bareProject = (id: string) => id.replace(/^prj_/, '');
