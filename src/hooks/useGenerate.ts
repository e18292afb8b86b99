import type { GenerateInput } from '../client/generate.js';
import { generateOptions } from '../queries/startOptions.js';
import { type StartResult, useStart } from './useStart.js';

/**
 * Starts generations: `mutate({ format, hook, … })`. The client's edition determines the route. A double click, a retry after a lost response and the same
 * input submitted again after a failure share one `Idempotency-Key`; other input, or the same after a success, is a new intent. The request continues if
 * the form unmounts. Follow the result with `data.containerIds` and `data.jobId`.
 *
 * @example
 * const generate = useGenerate(projectId);
 * <button disabled={generate.isPending} onClick={() => generate.mutate({ format: 'slideshow-builder', hook })}>Generate</button>
 * <p>{generate.problem?.fields.find(({ field }) => field === 'hook')?.message ?? generate.problem?.message}</p>
 *
 * @param projectId with `null` and `undefined`, `mutate` fails with `INVALID_INPUT`
 */
export function useGenerate(projectId: string | null | undefined): StartResult<GenerateInput> {
  return useStart(generateOptions, projectId);
}
