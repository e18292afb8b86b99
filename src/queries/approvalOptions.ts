import type { QueryClient, UseMutationOptions } from '@tanstack/react-query';
import type { LayersClient } from '../client/LayersClient.js';
import type { ApprovalResult } from '../model/approval.js';
import type { Container } from '../model/container.js';
import type { LayersError } from '../model/errors.js';
import { containerKey } from '../model/ids.js';
import { readApprovalStatus } from '../model/status.js';
import { layersKeys } from './keys.js';
import { type ListQuery, updateRows } from './listRows.js';

/** A person's decision: approve, with or without a note, or reject with a reason. */
export type ApprovalDecision = { decision: 'approve'; note?: string | undefined } | { decision: 'reject'; reason: string };

/**
 * TanStack mutation options that decide a container's approval. The answer is written to the container and to every list that shows it; on failure
 * (409: somebody else was faster) the container is read again, so that the screen shows what holds.
 */
export function approvalOptions(
  client: LayersClient,
  queryClient: QueryClient,
  containerId: string,
): UseMutationOptions<ApprovalResult, LayersError, ApprovalDecision> {
  const queryKey = layersKeys.container(client, containerId);
  return {
    mutationKey: [...queryKey, 'approval'],
    mutationFn: (input) =>
      input.decision === 'approve'
        ? client.approve(containerId, { note: input.note })
        : client.reject(containerId, { reason: input.reason }),
    networkMode: 'always',
    retry: false,
    onSuccess: ({ approvalStatus, rawApprovalStatus }) => show(client, queryClient, containerId, approvalStatus, rawApprovalStatus),
    onError: async (error) => {
      const holds = error.code === 'CONFLICT' ? error.details?.approvalStatus : undefined;
      if (typeof holds === 'string') show(client, queryClient, containerId, readApprovalStatus(holds), holds);
      await queryClient.invalidateQueries({ queryKey, exact: true });
    },
  };
}

/** Writes an approval status to the container and to every list that shows it. */
function show(
  client: LayersClient,
  queryClient: QueryClient,
  containerId: string,
  approvalStatus: Container['approvalStatus'],
  rawApprovalStatus: string,
): void {
  queryClient.setQueryData<Container>(
    layersKeys.container(client, containerId),
    (container) => container && { ...container, approvalStatus, rawApprovalStatus },
  );
  const key = containerKey(containerId);
  for (const query of queryClient.getQueryCache().findAll({ queryKey: ['layers', client.scope, 'list'] }))
    updateRows(query as ListQuery, (row) =>
      containerKey(row.id) === key && row.rawApprovalStatus !== rawApprovalStatus ? { ...row, approvalStatus, rawApprovalStatus } : row,
    );
}
