import type { ContainerSummary } from '../model/container.js';
import type { ListQuery } from './listRows.js';

/** Somebody who looks at a list and may be moved by what becomes of its rows. */
export interface ListFollower {
  /** Whether what became of a row is still to be told. */
  awaits: (row: ContainerSummary) => boolean;
}

const followers = new WeakMap<ListQuery, Set<ListFollower>>();

/** Notes that somebody looks at a list. Returns what ends that, and says then whether it was the last one. */
export function addFollower(query: ListQuery, follower: ListFollower): () => boolean {
  const all = followers.get(query) ?? new Set();
  followers.set(query, all.add(follower));
  return () => all.delete(follower) && all.size === 0;
}

/** Whether anybody looks, so that rows wait to be shown, and stay where they are. */
export const isFollowed = (query: ListQuery): boolean => (followers.get(query)?.size ?? 0) > 0;

/** Whether what became of a row is still to be told to somebody who looks. */
export const isAwaited = (query: ListQuery, row: ContainerSummary): boolean =>
  [...(followers.get(query) ?? [])].some((follower) => follower.awaits(row));
