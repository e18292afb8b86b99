import type { UseQueryResult } from '@tanstack/react-query';
import { jobKey } from '../model/ids.js';
import type { LayersError } from '../model/errors.js';
import type { ContainerProgress } from '../progress/ContainerProgress.js';
import { type ProgressEndHandlers, tellEnd } from '../progress/ends.js';
import { useLayers } from '../provider/LayersContext.js';
import { jobProgressOptions } from '../queries/jobOptions.js';
import type { PollingOptions } from '../queries/readOptions.js';
import { useAwaitedEnd } from './useAwaitedEnd.js';
import { useProgressEnd } from './useProgressEnd.js';
import { type ReadHookOptions, useRead, withHookOptions } from './useRead.js';

/** Options of {@link useJobProgress}. */
export interface UseJobProgressOptions<Selected = ContainerProgress>
  extends PollingOptions,
    ProgressEndHandlers,
    ReadHookOptions<ContainerProgress, Selected> {
  /** Polling while the page is hidden. `pause`: none. `slow`: once a minute until the job ends. @default 'pause' */
  background?: 'pause' | 'slow' | undefined;
}

/**
 * The progress of a job of any kind, in the shape of a container's: `percent` is the share that the server tells of the whole job, which only moves forward.
 * Polled like `useJob`, with which it shares its reads. A read without changes causes no render.
 *
 * @example
 * const { data: progress } = useJobProgress(generate.data?.jobId);
 * return <ProgressBar progress={progress ?? null} />;
 *
 * @param id `null` and `undefined` read nothing
 */
export function useJobProgress<Selected = ContainerProgress>(
  id: string | null | undefined,
  { refetchInterval, background = 'pause', onComplete, onFail, ...options }: UseJobProgressOptions<Selected> = {},
): UseQueryResult<Selected, LayersError> {
  const layers = useLayers();
  useProgressEnd(layers, id, onComplete || onFail ? (progress) => tellEnd({ onComplete, onFail }, progress) : undefined, true);
  useAwaitedEnd(layers, id && options.enabled !== false && background === 'slow' ? jobKey(id) : null);
  return useRead<Selected>(layers, withHookOptions(jobProgressOptions(layers.client, id, { refetchInterval }), options));
}
