'use client';
import { useMutation } from '@tanstack/react-query';
import type { RegenerateInput } from '../client/generate.js';
import { useLayers } from '../provider/LayersContext.js';
import { regenerateOptions } from '../queries/regenerateOptions.js';
import { type StartResult, useStartResult } from './useStartResult.js';

/**
 * Makes a container anew in its place: `mutate()` or `mutate({ patch, preserveAssets })`, sent once for each intent as `useGenerate` does. It waits to
 * start and is undecided again wherever it is shown, and its progress begins another life. Taught by the old edition's pages only.
 *
 * @example
 * const regenerate = useRegenerate(container.id);
 * <button disabled={regenerate.isPending} onClick={() => regenerate.mutate()}>Make it again</button>
 *
 * @param containerId with or without `cnt_`; with `null` and `undefined`, `mutate` fails with `INVALID_INPUT`
 */
export function useRegenerate(containerId: string | null | undefined): StartResult<RegenerateInput | void> {
  const { client, queryClient } = useLayers();
  return useStartResult(useMutation(regenerateOptions(client, queryClient, containerId ?? ''), queryClient));
}
