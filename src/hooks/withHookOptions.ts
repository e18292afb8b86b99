'use client';
import { skipToken, type UseQueryOptions } from '@tanstack/react-query';
import type { LayersError } from '../model/errors.js';
import { idle } from '../queries/idle.js';

/** The key of a hook without an id: nothing is ever read or cached there. */
const IDLE_KEY = ['layers', null] as const;

interface Given {
  select?: ((data: never) => unknown) | undefined;
  placeholderData?: unknown;
  enabled?: boolean | undefined;
}

const selects = new WeakMap<object, WeakMap<object, (data: never) => unknown>>();

/** The host's `select` after ours, memoized: TanStack runs a new `select` with every render. */
function selectOn(ours: (data: never) => unknown, host: (data: never) => unknown): (data: never) => unknown {
  const known = selects.get(host) ?? new WeakMap<object, (data: never) => unknown>();
  selects.set(host, known);
  const both = known.get(ours) ?? ((data: never) => host(ours(data) as never));
  known.set(ours, both);
  return both;
}

/** Query options with the caller's options. Those without an id read nothing, and create only one idle query. */
export function withHookOptions<Selected>(
  options: object,
  given: Given,
): UseQueryOptions<unknown, LayersError, Selected, readonly unknown[]> {
  const { select, placeholderData, ...rest } = given;
  if (options === idle) return { queryKey: IDLE_KEY, queryFn: skipToken, placeholderData: undefined };
  const ours = (options as { select?: (data: never) => unknown }).select;
  const set = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    ...options,
    ...set,
    ...(select && { select: ours ? selectOn(ours, select) : select }),
    // The host's placeholder has the shape of the hook's `data`, so our `select` isn't applied. Set in any case: with a default such as `keepPreviousData`, one
    // container would be shown under the id of another.
    placeholderData,
  } as never;
}
