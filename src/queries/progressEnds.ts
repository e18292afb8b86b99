import type { QueryClient } from '@tanstack/react-query';
import type { ContainerProgress } from '../progress/ContainerProgress.js';
import { endsLife } from '../progress/ends.js';
import type { LayersClient } from '../schedule/scheduledClient.js';
import { cacheOf } from './cacheOf.js';
import { progressOf } from '../entries/entry.js';

/**
 * Calls `listener` when a cached container ends. It subscribes to the cache and not to a component, because the component that shows the progress is often
 * unmounted by the render that shows the end. Returns an unsubscribe function.
 */
export function watchProgressEnd(
  client: LayersClient,
  queryClient: QueryClient,
  containerId: string,
  listener: (progress: ContainerProgress) => void,
): () => void {
  const cache = cacheOf(client, queryClient);
  let before = cache.entry(containerId);
  return cache.watch(containerId, () => {
    const after = cache.entry(containerId);
    const hasEnded = before !== undefined && after !== undefined && endsLife(before, after);
    before = after;
    if (hasEnded && after) listener(progressOf(after));
  });
}
