'use client';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { LayersError } from '../model/errors.js';
import type { ContainerProgress } from '../progress/ContainerProgress.js';
import { useLayers } from '../provider/LayersContext.js';
import { type ContainerProgressOptions, containerProgressOptions } from '../queries/containerProgressOptions.js';
import { type ProgressEndHandlers, tellEnd } from '../progress/ends.js';
import { withHookOptions } from './withHookOptions.js';
import type { ReadHookOptions } from './types.js';
import { useAwaitedEnd } from './useAwaitedEnd.js';
import { useProgressEnd } from './useProgressEnd.js';

/** Options of {@link useContainerProgress}. */
export interface UseContainerProgressOptions<Selected = ContainerProgress>
  extends ContainerProgressOptions,
    ProgressEndHandlers,
    ReadHookOptions<ContainerProgress, Selected> {
  /**
   * What happens while the page is hidden. `pause`: nothing is read. `slow`: it is read once a minute until it has ended, so that `onComplete`, `onFail`
   * and the page's title reach a person who looks elsewhere.
   * @default 'pause'
   */
  background?: 'pause' | 'slow' | undefined;
}

/**
 * How far a container is: stage, whole-job share and time left, read every 2 s (5 s once the same stage has lasted 30 s) until it ends. A read that brings
 * nothing new renders nothing.
 *
 * @example
 * const { data: progress } = useContainerProgress(containerId);
 * return <ProgressBar progress={progress ?? null} />;
 *
 * @param id with or without `cnt_`; `null` and `undefined` read nothing
 */
export function useContainerProgress<Selected = ContainerProgress>(
  id: string | null | undefined,
  { refetchInterval, estimate, background = 'pause', onComplete, onFail, ...options }: UseContainerProgressOptions<Selected> = {},
): UseQueryResult<Selected, LayersError> {
  const layers = useLayers();
  const { client, queryClient } = layers;
  useProgressEnd(layers, id, onComplete || onFail ? (progress) => tellEnd({ onComplete, onFail }, progress) : undefined);
  useAwaitedEnd(layers, options.enabled !== false && background === 'slow' ? id : null);
  return useQuery<unknown, LayersError, Selected, readonly unknown[]>(
    withHookOptions(id ? containerProgressOptions(client, id, { refetchInterval, estimate }) : null, options),
    queryClient,
  );
}
