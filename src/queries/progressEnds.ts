import type { Query, QueryClient } from '@tanstack/react-query';
import type { ContainerProgress } from '../progress/ContainerProgress.js';
import { endsLife } from '../progress/ends.js';
import type { LayersClient } from '../schedule/scheduledClient.js';
import { selectProgress } from './containerProgressOptions.js';
import type { ContainerEntry } from './entry.js';
import { layersKeys } from './keys.js';
import { watchQuery } from './watchQuery.js';

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
  const queryKey = layersKeys.container(client, containerId);
  let before = queryClient.getQueryData<ContainerEntry>(queryKey);
  return watchQuery(queryClient, queryKey, ({ state }: Query) => {
    const after = state.data as ContainerEntry | undefined;
    if (after === before) return;
    const hasEnded = before !== undefined && after !== undefined && endsLife(before, after);
    before = after;
    if (hasEnded && after) listener(selectProgress(after));
  });
}
