'use client';
import { useCallback, useSyncExternalStore } from 'react';
import type { Freshness, FreshnessReason, FreshnessState } from '../schedule/freshness.js';
import { useLayers } from '../provider/LayersContext.js';

/** The result of {@link useFreshness}. */
export interface UseFreshnessResult {
  state: FreshnessState;
  reason: FreshnessReason;
  /** Returns the freshness with its times at the moment of the call. Times change with every read, so they aren't part of the render. */
  read: () => Freshness;
}

/**
 * Whether the data of a container is current: `live`, `slowed`, `paused`, `stalled` or `offline`, and why. Renders when that changes, not with every read.
 *
 * @example
 * const { state, reason } = useFreshness(containerId);
 * return state === 'stalled' ? <p>This is taking longer than usual.</p> : null;
 */
export function useFreshness(containerId: string | null | undefined): UseFreshnessResult {
  const { schedule } = useLayers().client;
  const subscribe = useCallback((changed: () => void) => schedule.subscribe(changed), [schedule]);
  const read = useCallback(() => schedule.freshness(containerId ?? ''), [schedule, containerId]);
  const word = useSyncExternalStore(
    subscribe,
    () => {
      const { state, reason } = read();
      return `${state} ${reason ?? ''}`;
    },
    () => 'live ',
  );
  const [state, reason] = word.split(' ') as [FreshnessState, FreshnessReason | ''];
  return { state, reason: reason || null, read };
}
