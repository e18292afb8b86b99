import type { InfiniteData, QueryClient, UseMutationOptions } from '@tanstack/react-query';
import type { LayersClient } from '../client/LayersClient.js';
import type { ApprovalResult } from '../model/approval.js';
import type { Container } from '../model/container.js';
import type { ContainerPage } from '../model/containerPage.js';
import type { LayersError } from '../model/errors.js';
import { containerKey } from '../model/ids.js';
import { layersKeys } from './keys.js';

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
    onSuccess: async ({ approvalStatus, rawApprovalStatus }) => {
      // A read in flight began before the decision and would undo it on the screen.
      await queryClient.cancelQueries({ queryKey });
      queryClient.setQueryData<Container>(queryKey, (container) => container && { ...container, approvalStatus, rawApprovalStatus });
      queryClient.setQueriesData<InfiniteData<ContainerPage>>({ queryKey: ['layers', client.scope, 'list'] }, (list) =>
        list === undefined
          ? list
          : { ...list, pages: list.pages.map((page) => decided(page, containerId, approvalStatus, rawApprovalStatus)) },
      );
    },
    onError: () => queryClient.invalidateQueries({ queryKey, exact: true }),
  };
}

function decided(
  page: ContainerPage,
  containerId: string,
  approvalStatus: Container['approvalStatus'],
  rawApprovalStatus: string,
): ContainerPage {
  const index = page.containers.findIndex(({ id }) => containerKey(id) === containerKey(containerId));
  const row = page.containers[index];
  if (row === undefined) return page;
  return { ...page, containers: page.containers.with(index, { ...row, approvalStatus, rawApprovalStatus }) };
}
