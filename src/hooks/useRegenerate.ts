import type { RegenerateInput } from '../client/generate.js';
import { regenerateOptions } from '../queries/startOptions.js';
import { type StartResult, useStart } from './useStart.js';

/**
 * Regenerates a container in place: `mutate()` or `mutate({ patch, preserveAssets })`, with one `Idempotency-Key` per intent like `useGenerate`. The
 * container is queued and undecided again, and its progress restarts. Documented for the old edition only.
 *
 * @example
 * const regenerate = useRegenerate(container.id);
 * <button disabled={regenerate.isPending} onClick={() => regenerate.mutate()}>Try again</button>
 *
 * @param containerId with or without `cnt_`; with `null` and `undefined`, `mutate` fails with `INVALID_INPUT`
 */
export function useRegenerate(containerId: string | null | undefined): StartResult<RegenerateInput | void> {
  return useStart(regenerateOptions, containerId);
}
