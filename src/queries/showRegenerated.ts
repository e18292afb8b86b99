import type { QueryClient } from '@tanstack/react-query';
import type { LayersClient } from '../client/LayersClient.js';
import type { Container, ContainerSummary } from '../model/container.js';
import type { AcceptedJob } from '../model/job.js';
import { layersKeys } from './keys.js';
import { updateRow } from './list/seam.js';
import { showAccepted, showJob } from './showStarted.js';

/**
 * Shows that a container is made anew in its place: it waits to start, is undecided again where it was decided (generate-content page), and its media go
 * unless they are kept. Then it is read.
 */
export async function showRegenerated(
  client: LayersClient,
  queryClient: QueryClient,
  containerId: string,
  accepted: AcceptedJob,
  preserveAssets: boolean,
): Promise<void> {
  showJob(client, queryClient, accepted);
  if (!accepted.isReplay) {
    queryClient.setQueryData<Container>(
      layersKeys.container(client, containerId),
      (known) => known && { ...anew(known, preserveAssets), ...(!preserveAssets && { assets: [] }) },
    );
    updateRow(queryClient, client.scope, containerId, (row) => anew(row, preserveAssets));
    showAccepted(client, queryClient, containerId, accepted);
  }
  await readAnew(client, queryClient, containerId);
}

/** Reads a container and its progress again. A read that left before something was written is given up: it would bring back what was. */
export async function readAnew(client: LayersClient, queryClient: QueryClient, containerId: string): Promise<void> {
  const keys = [layersKeys.container(client, containerId), layersKeys.progress(client, containerId)];
  await Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey, exact: true })));
}

function anew<Row extends ContainerSummary>(row: Row, preserveAssets: boolean): Row {
  const isDecided = row.approvalStatus === 'approved' || row.approvalStatus === 'rejected';
  return {
    ...row,
    status: 'queued',
    rawStatus: 'queued',
    ...(isDecided && { approvalStatus: 'pending', rawApprovalStatus: 'pending' }),
    ...(!preserveAssets && { preview: null }),
    lastError: null,
    completedAt: null,
    failedAt: null,
  };
}
