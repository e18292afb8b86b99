import { LayersError } from '../model/errors.js';

/**
 * The options of a query without an id: nothing is ever read or cached there. Hooks use `skipToken` instead; `layers-react/core` can't, because it doesn't load
 * TanStack Query.
 */
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
