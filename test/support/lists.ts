import { renderHook } from 'vitest-browser-react';
import { type UseContainerListOptions, useContainerList } from '../../src/index.js';
import { pass } from './time.js';
import type { World } from './world.js';

/** What a list screen reads of the result. */
export function useShown(projectId: string, options?: UseContainerListOptions) {
  const { data, error, hasNextPage, loadMoreError, loadMore, refetch, refresh, showNew } = useContainerList(projectId, options);
  return { data, error, hasNextPage, loadMoreError, loadMore, refetch, refresh, showNew };
}

/** Containers that are finished, one millisecond apart, oldest first. */
export function finished(world: World, count: number, from = 1_000_000) {
  return Array.from({ length: count }, (_, index) =>
    world.simulator.addContainer({ state: 'completed', approvalStatus: 'pending', createdAt: Date.now() - from + index }),
  );
}

export async function listOf(world: World, options?: UseContainerListOptions, pages = 1) {
  const { result, ...rest } = await renderHook(() => useShown(world.projectId, options), { wrapper: world.wrapper });
  await pass(100);
  for (let page = 1; page < pages; page += 1) {
    void result.current.loadMore();
    await pass(10);
  }
  return { result, ...rest };
}

/** Loads every page there is, within reason. */
export async function loadAll(result: { current: ReturnType<typeof useShown> }) {
  for (let loads = 0; result.current.hasNextPage && loads < 60; loads += 1) {
    void result.current.loadMore();
    // Beyond a person's burst loads are spaced.
    await pass(1_000);
  }
}

export const ids = (list: { data: { containers: { id: string }[] } | undefined }) => list.data?.containers.map(({ id }) => id) ?? [];
