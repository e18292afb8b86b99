import type { DataTag, QueryFunctionContext, UseQueryOptions } from '@tanstack/react-query';
import { LayersError } from '../model/errors.js';

/** Query options typed like TanStack's `queryOptions()`: the key carries the data type, and `queryFn` is always set. */
export type LayersQueryOptions<QueryData, Data, Key extends readonly unknown[]> = Omit<
  UseQueryOptions<QueryData, LayersError, Data, Key>,
  'queryFn' | 'queryKey' | 'persister'
> & {
  queryKey: DataTag<Key, QueryData, LayersError>;
  queryFn: (context: QueryFunctionContext<Key>) => Promise<QueryData>;
};

/** The options of a query without an id, which reads and caches nothing. Hooks use `skipToken`; `layers-react/core` can't, as it doesn't load TanStack Query. */
export const idle = {
  queryKey: ['layers', null, 'options'] as const,
  enabled: false,
  // The error of a fetch isn't kept for the next one without an id.
  gcTime: 0,
  queryFn: async () => {
    throw new LayersError({
      code: 'INVALID_INPUT',
      message: 'A query without an id was fetched, so there is nothing to read. Pass an id, or leave `enabled` as it is: `false`.',
    });
  },
};

/** The options of `make` for an id; without one (`null`, `undefined`, `''`), options that read nothing. */
export const unlessIdle = <Id extends string, Options>(id: Id | null | undefined, make: (id: Id) => Options): Options =>
  id ? make(id) : (idle as never);
