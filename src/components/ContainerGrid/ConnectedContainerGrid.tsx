'use client';
import { hashKey } from '@tanstack/react-query';
import { type ForwardedRef, useState } from 'react';
import { useContainerList } from '../../hooks/useContainerList.js';
import type { ElementProps } from '../../internal/renderElement.js';
import { containerName } from '../../model/containerName.js';
import { estimateBy } from '../../progress/options.js';
import { isTerminalStatus } from '../../model/status.js';
import { useLayers } from '../../provider/LayersContext.js';
import type { ContainerListQuery } from '../../queries/list/containerListFilters.js';
import { layersKeys } from '../../queries/keys.js';
import { ContainerCardView } from '../ContainerCard/ContainerCardView.js';
import { BulkApprovalBar } from './BulkApprovalBar.js';
import type { ContainerGridOwnProps, ContainerGridState, GridCardProps, InvalidRow } from './types.js';
import { ContainerGridView } from './ContainerGridView.js';

interface ConnectedProps extends ElementProps<'div', ContainerGridState>, ContainerGridOwnProps {
  projectId?: string | null | undefined;
  filters?: ContainerListQuery | undefined;
  refreshInterval?: number | false | undefined;
  rootRef: ForwardedRef<HTMLDivElement>;
}

/** A grid that follows a project's list. */
export function ConnectedContainerGrid({ projectId, filters = {}, refreshInterval, scrollKey, ...props }: ConnectedProps) {
  const { client } = useLayers();
  const listKey = hashKey(layersKeys.list(client, projectId ?? '', filters));
  const list = useContainerList(projectId, { ...filters, refreshInterval });
  const { data, loadMoreError } = list;
  const loadMore = () => void list.loadMore();
  const retry = () => {
    if (data === undefined) void list.refetch();
    else loadMore();
  };
  return (
    <ContainerGridView
      {...props}
      card={FollowingCard}
      selectionBar={props.selectable && !props.selectionActions ? BulkApprovalBar : undefined}
      containers={data?.containers}
      newCount={data?.newCount}
      hasMoreNew={data?.hasMoreNew}
      lookedAt={data?.lookedAt}
      invalid={data && invalidIn(data)}
      onShowNew={list.showNew}
      hasNextPage={list.hasNextPage}
      isFetchingNextPage={list.isFetchingNextPage}
      onLoadMore={loadMore}
      // A refresh that fails is tried again by itself, and what is shown still holds. Without a next page no more is missing.
      error={data === undefined ? list.error : list.hasNextPage ? loadMoreError : null}
      onRetry={retry}
      listKey={listKey}
      scrollKey={scrollKey === undefined ? listKey : scrollKey}
    />
  );
}

/** The rows that could not be read; a list that only counts them knows no reasons. */
function invalidIn({ invalid, invalidCount }: { invalid?: readonly InvalidRow[]; invalidCount: number }): readonly InvalidRow[] {
  return invalid ?? Array.from({ length: invalidCount }, (_, index) => ({ index, reason: '' }));
}

/**
 * A card of a row of the list, which knows the status. Stage and share are read while it is in flight and on the screen, and the record once, of what was
 * not completed when it was first shown, or has no name: its row has no words.
 */
function FollowingCard({ variant, container, stages, ...props }: GridCardProps) {
  const { id, status } = container;
  const isInFlight = !isTerminalStatus(status);
  const [isBare, setIsBare] = useState(false);
  if ((status !== 'completed' || containerName(container) === null) && !isBare) setIsBare(true);
  const { client, queryClient, reads } = useLayers();
  const onScreen = reads.useOnScreen(isBare ? id : null);
  const { data: record } = reads.useContainer(isBare ? id : null);
  const { data: progress, error: progressError } = reads.useContainerProgress(isInFlight ? id : null, { estimate: estimateBy(stages) });
  // Lists take in every record that is read.
  const readAgain = async () => (await reads.readNow(client, queryClient, id)).preview;
  return (
    <ContainerCardView
      {...props}
      rootRef={onScreen}
      container={record?.isPartial ? { ...container, isPartial: true } : container}
      progress={progress ?? null}
      progressError={progressError}
      freshness={reads.useFreshness(isInFlight ? id : null)}
      onRefresh={readAgain}
      layout={variant === 'list' ? 'row' : 'card'}
    />
  );
}
