import type { QueryClient } from '@tanstack/react-query';
import type { LayersError } from '../model/errors.js';
import type { LayersClient } from '../schedule/createLayersClient.js';
import type { Told } from '../schedule/told.js';
import { readKey } from './keys.js';

/** Tells the observers of a query that a scheduled read of it failed: by a fetch that fails with its error. */
export function failOnce(client: LayersClient, queryClient: QueryClient, { id, read, error }: Told & { kind: 'error' }): void {
  const query = queryClient.getQueryCache().find({ queryKey: readKey(client, read, id), exact: true });
  if (!query?.isActive() || query.state.fetchStatus !== 'idle') return;
  const { queryFn } = query.options;
  let isTold = false;
  void queryClient
    .fetchQuery({
      queryKey: query.queryKey,
      staleTime: 0,
      retry: false,
      networkMode: 'always',
      queryFn: (context) => {
        // Whoever fetches with these options later means a real read.
        if (isTold && typeof queryFn === 'function') return queryFn(context);
        isTold = true;
        return Promise.reject(error as LayersError);
      },
    })
    .catch(() => undefined);
}
