'use client';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { LayersError } from '../model/errors.js';
import type { LayersContextValue } from '../provider/LayersContext.js';
import { askFor } from '../queries/asked.js';
import type { withHookOptions } from './withHookOptions.js';

/** TanStack's `useQuery`, with a `refetch` that is a person's: it doesn't wait where first data has to. */
export function useRead<Selected>(
  { client, queryClient }: Pick<LayersContextValue, 'client' | 'queryClient'>,
  options: ReturnType<typeof withHookOptions<Selected>>,
): UseQueryResult<Selected, LayersError> {
  const result = useQuery(options, queryClient);
  const key = JSON.stringify(options.queryKey);
  const refetchOf = useMemo(
    () => asking(() => askFor(client, queryClient, JSON.parse(key) as readonly unknown[])),
    [client, queryClient, key],
  );
  // TanStack's result tracks which properties are read, so it is neither copied nor read here.
  return new Proxy(result, {
    get: (target, name) => (name === 'refetch' ? refetchOf(target.refetch as Refetch) : Reflect.get(target, name)),
  });
}

type Refetch = UseQueryResult['refetch'];

/** Returns a `refetch` that calls `ask` first, for TanStack's own: the same one for the same. */
function asking(ask: () => void): (refetch: Refetch) => Refetch {
  const known = new WeakMap<Refetch, Refetch>();
  return (refetch) => {
    const next: Refetch =
      known.get(refetch) ??
      ((how) => {
        ask();
        return refetch(how);
      });
    known.set(refetch, next);
    return next;
  };
}
