'use client';
import { skipToken, type UseQueryOptions } from '@tanstack/react-query';
import type { LayersError } from '../model/errors.js';

/** Where a hook without an id looks: nothing is ever read or kept there. */
const IDLE_KEY = ['layers', null] as const;

interface Given {
  select?: ((data: never) => unknown) | undefined;
  placeholderData?: unknown;
  enabled?: boolean | undefined;
}

const selects = new WeakMap<object, WeakMap<object, (data: never) => unknown>>();

/** A host's `select` on top of ours: the same function for the same two, because TanStack runs one that it has not seen with every render. */
function selectOn(ours: (data: never) => unknown, host: (data: never) => unknown): (data: never) => unknown {
  const known = selects.get(host) ?? new WeakMap<object, (data: never) => unknown>();
  selects.set(host, known);
  const both = known.get(ours) ?? ((data: never) => host(ours(data) as never));
  known.set(ours, both);
  return both;
}

/** Query options with what the caller of a hook adds to them; `null` options read nothing, and leave nothing in the cache but one idle entry. */
export function withHookOptions<Selected>(
  options: object | null,
  given: Given,
): UseQueryOptions<unknown, LayersError, Selected, readonly unknown[]> {
  const { select, placeholderData, ...rest } = given;
  if (options === null) return { queryKey: IDLE_KEY, queryFn: skipToken };
  const ours = (options as { select?: (data: never) => unknown }).select;
  const set = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    ...options,
    ...set,
    ...(select && { select: ours ? selectOn(ours, select) : select }),
    // What a host shows meanwhile is what the hook would give, so it does not go through our view of the entry.
    ...(placeholderData !== undefined && { placeholderData }),
  } as never;
}
