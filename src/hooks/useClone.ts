import type { ClonePostInput } from '../client/generate.js';
import { cloneOptions } from '../queries/startOptions.js';
import { type StartResult, useStart } from './useStart.js';

/**
 * Creates new containers from a post: `mutate({ mode: 'fork', variations: 3 })`, with one `Idempotency-Key` per intent like `useGenerate`. Documented for
 * the old edition only.
 *
 * @example
 * const clone = useClone(container.id);
 * <button disabled={clone.isPending} onClick={() => clone.mutate({ mode: 'reimagine' })}>More like this</button>
 *
 * @param containerId with or without `cnt_`; with `null` and `undefined`, `mutate` fails with `INVALID_INPUT`
 */
export function useClone(containerId: string | null | undefined): StartResult<ClonePostInput> {
  return useStart(cloneOptions, containerId);
}
