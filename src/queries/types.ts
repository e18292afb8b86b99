import type { DataTag, QueryFunctionContext, UseQueryOptions } from '@tanstack/react-query';
import type { LayersError } from '../model/errors.js';

/** Query options typed like TanStack's `queryOptions()`: the key carries the data type, and `queryFn` is always set. */
export type LayersQueryOptions<QueryData, Data, Key extends readonly unknown[]> = Omit<
  UseQueryOptions<QueryData, LayersError, Data, Key>,
  'queryFn' | 'queryKey' | 'persister'
> & {
  queryKey: DataTag<Key, QueryData, LayersError>;
  queryFn: (context: QueryFunctionContext<Key>) => Promise<QueryData>;
};
