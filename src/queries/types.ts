import type { DataTag, QueryFunctionContext, UseQueryOptions } from '@tanstack/react-query';
import type { LayersError } from '../model/errors.js';

/** Query options as `queryOptions()` of TanStack Query types them: the key knows its data, and `queryFn` is always there. */
export type LayersQueryOptions<QueryData, Data, Key extends readonly unknown[]> = Omit<
  UseQueryOptions<QueryData, LayersError, Data, Key>,
  'queryFn' | 'queryKey' | 'persister'
> & {
  queryKey: DataTag<Key, QueryData, LayersError>;
  queryFn: (context: QueryFunctionContext<Key>) => Promise<QueryData>;
};
