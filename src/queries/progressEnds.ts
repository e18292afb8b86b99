import type { QueryCacheNotifyEvent, QueryClient } from '@tanstack/react-query';
import { containerKey } from '../model/ids.js';
import type { ContainerProgress } from '../progress/ContainerProgress.js';
import { selectProgress } from './containerProgressOptions.js';
import type { ContainerEntry } from './entry.js';

/** Called when a container ends that was seen in flight: once for each end, however many components or hooks ask for it. */
export interface ProgressEndHandlers {
  /** It was completed. Not called for one that had ended before it was first read. */
  onComplete?: ((progress: ContainerProgress) => void) | undefined;
  /** It failed. One that was canceled calls neither. Not called for one that had ended before it was first read. */
  onFail?: ((progress: ContainerProgress) => void) | undefined;
}

interface Watched {
  before: ContainerEntry | undefined;
  readonly listeners: Set<(progress: ContainerProgress) => void>;
  stop: () => void;
}

const watchedBy = new WeakMap<QueryClient, Map<string, Watched>>();

/**
 * Calls `listener` when the progress in a cache goes from in flight to its end. It listens to the cache and not to a component, because the component
 * that shows the progress is often gone in the very render that shows the end. Returns what stops it.
 */
export function watchProgressEnd(queryClient: QueryClient, queryHash: string, listener: (progress: ContainerProgress) => void): () => void {
  const watched = watchedBy.get(queryClient) ?? new Map<string, Watched>();
  watchedBy.set(queryClient, watched);
  const entry = watched.get(queryHash) ?? watch(queryClient, queryHash);
  watched.set(queryHash, entry);
  entry.listeners.add(listener);
  return () => {
    if (!entry.listeners.delete(listener) || entry.listeners.size > 0) return;
    entry.stop();
    if (watched.get(queryHash) === entry) watched.delete(queryHash);
  };
}

function watch(queryClient: QueryClient, queryHash: string): Watched {
  const cache = queryClient.getQueryCache();
  const entry: Watched = {
    before: cache.get<ContainerEntry>(queryHash)?.state.data,
    listeners: new Set(),
    stop: cache.subscribe((event) => look(event, queryHash, entry)),
  };
  return entry;
}

function look(event: QueryCacheNotifyEvent, queryHash: string, entry: Watched): void {
  if (event.type !== 'updated' || event.query.queryHash !== queryHash) return;
  const { before } = entry;
  const after = event.query.state.data as ContainerEntry | undefined;
  entry.before = after;
  if (before === undefined || after === undefined || !endsLife(before, after)) return;
  for (const listener of [...entry.listeners]) listener(selectProgress(after));
}

/** Whether `after` is the end of the life that `before` was in. */
export function endsLife(before: ContainerProgress, after: ContainerProgress): boolean {
  return (
    !before.isTerminal &&
    after.isTerminal &&
    before.startedAt === after.startedAt &&
    containerKey(before.containerId) === containerKey(after.containerId)
  );
}

const told = new Set<string>();
const TOLD_KEPT = 1_000;

/** Whether an end has not been told yet to this sort of listener; from then on it has. */
export function claimEnd(sort: 'handlers' | 'notification', { containerId, startedAt }: ContainerProgress): boolean {
  const key = `${sort} ${containerKey(containerId)} ${startedAt}`;
  if (told.has(key)) return false;
  told.add(key);
  for (const oldest of told) {
    if (told.size <= TOLD_KEPT) break;
    told.delete(oldest);
  }
  return true;
}

/** Tells an end to the handler for it, unless another has been told of it. */
export function tellEnd({ onComplete, onFail }: ProgressEndHandlers, progress: ContainerProgress): void {
  const handler = progress.status === 'completed' ? onComplete : progress.status === 'failed' ? onFail : undefined;
  if (!handler || !claimEnd('handlers', progress)) return;
  // Not within the cache's own update, which what a handler does or throws must not disturb.
  queueMicrotask(() => handler(progress));
}
