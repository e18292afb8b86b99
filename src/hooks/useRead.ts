'use client';
import { skipToken, type UseQueryOptions, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { heldBy } from '../internal/heldBy.js';
import type { LayersError } from '../model/errors.js';
import type { LayersContextValue } from '../provider/LayersContext.js';
import { askFor } from '../queries/asked.js';
import { idle } from '../queries/queryOptions.js';

type QueryOptions<Selected> = UseQueryOptions<unknown, LayersError, Selected, readonly unknown[]>;
type Placeholder = (previous: unknown, query: object | undefined) => unknown;
type Select = (data: never) => unknown;
type Refetch = UseQueryResult['refetch'];

/**
 * TanStack Query's options of a read hook. `select` receives the hook's normal `data`; `staleTime` is `Infinity` by default, because the scheduler keeps
 * mounted data current.
 */
export interface ReadHookOptions<Data, Selected = Data> extends Pick<QueryOptions<Selected>, 'gcTime' | 'throwOnError'> {
  /** `false`: reads nothing. @default true */
  enabled?: boolean | undefined;
  /** Milliseconds after which a mount refetches. @default Infinity */
  staleTime?: number | undefined;
  /** Returned as `data` until there is any; not cached. A default of the `QueryClient` (`keepPreviousData`, say) isn't used: it would show one container as another. */
  placeholderData?: Data | ((previous: Data | undefined) => Data | undefined) | undefined;
  /** Transforms or selects a part of the data. Pass a stable function: an inline one runs with each render. */
  select?: ((data: Data) => Selected) | undefined;
}

/** TanStack's `useQuery`, with a `refetch` that is a person's: it doesn't wait where first data has to. */
export function useRead<Selected>(
  { client, queryClient }: LayersContextValue,
  options: QueryOptions<Selected>,
): UseQueryResult<Selected, LayersError> {
  const result = useQuery(options, queryClient);
  const key = JSON.stringify(options.queryKey);
  const refetchOf = useMemo(
    () =>
      heldBy<Refetch, Refetch>((refetch) => (how) => {
        askFor(client, queryClient, JSON.parse(key) as readonly unknown[]);
        return refetch(how);
      }),
    [client, queryClient, key],
  );
  // TanStack's result tracks which properties are read, so it is neither copied nor read here.
  return new Proxy(result, {
    get: (target, name) => (name === 'refetch' ? refetchOf(target.refetch as Refetch) : Reflect.get(target, name)),
  });
}

/** The host's `select` after ours, memoized: TanStack runs a new `select` with every render. */
const selectAfter = heldBy<(ours: Select) => Select, Select>((host) =>
  heldBy<Select, Select>((ours) => (data) => host(ours(data) as never)),
);

/** A placeholder from what was shown before, unless that was of another scope: what one user saw isn't shown to the next. */
const ofScope =
  (placeholder: Placeholder, options: object): Placeholder =>
  (previous, query) =>
    scopeOf(query) === scopeOf(options) ? placeholder(previous, query) : placeholder(undefined, undefined);

const scopeOf = (query: object | undefined) => (query as { queryKey: readonly unknown[] } | undefined)?.queryKey[1];

/** Query options with the caller's options. Those without an id read nothing, and create only one idle query. */
export function withHookOptions<Selected>(
  options: object,
  { select, placeholderData, ...rest }: { select?: Select | undefined; placeholderData?: unknown },
): QueryOptions<Selected> {
  if (options === idle) return { queryKey: ['layers', null], queryFn: skipToken, placeholderData: undefined };
  const ours = (options as { select?: Select }).select;
  const set = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    ...options,
    ...set,
    ...(select && { select: ours ? selectAfter(select)(ours) : select }),
    // The host's placeholder has the shape of the hook's `data`, so our `select` isn't applied. Set in any case: with a default such as `keepPreviousData`, one
    // container would be shown under the id of another.
    placeholderData: typeof placeholderData === 'function' ? ofScope(placeholderData as Placeholder, options) : placeholderData,
  } as never;
}
