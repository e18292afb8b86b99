import type { QueryClient } from '@tanstack/react-query';
import type { LayersError } from '../model/errors.js';
import type { LayersClient } from '../schedule/scheduledClient.js';
import type { Told } from '../schedule/told.js';
import { readKey } from './keys.js';

/** Reports a failed scheduled read to the observers of its query, by a fetch that rejects with the error. */
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
        // A later fetch with these options is a real read.
        if (isTold && typeof queryFn === 'function') return queryFn(context);
        isTold = true;
        return Promise.reject(error as LayersError);
      },
    })
    .catch(() => undefined);
}
