'use client';
import { useMutation } from '@tanstack/react-query';
import type { GenerateInput } from '../client/generate.js';
import { useLayers } from '../provider/LayersContext.js';
import { generateOptions } from '../queries/generateOptions.js';
import { type StartResult, useStartResult } from './useStartResult.js';

/**
 * Starts generations: `mutate({ format, hook, … })`. The edition of the client decides the route. One intent is sent once: a double click, a retry after a
 * lost answer and the same input submitted again after a failure all carry one `Idempotency-Key`; another input, or the same after a success, is a new
 * intent. A start goes on when its form is left. What was accepted (`data.containerIds`, `data.jobId`) can be followed at once.
 *
 * @example
 * const generate = useGenerate(projectId);
 * <button disabled={generate.isPending} onClick={() => generate.mutate({ format: 'slideshow-builder', hook })}>Make it</button>
 * <p>{generate.problem?.fields.find(({ field }) => field === 'hook')?.message ?? generate.problem?.message}</p>
 *
 * @param projectId `null` and `undefined` start nothing: `mutate` then fails with `INVALID_INPUT`
 */
export function useGenerate(projectId: string | null | undefined): StartResult<GenerateInput> {
  const { client, queryClient } = useLayers();
  return useStartResult(useMutation(generateOptions(client, queryClient, projectId ?? ''), queryClient));
}
