'use client';
import { QueryClient, useQuery } from '@tanstack/react-query';
import { useContext } from 'react';
import type { LayersError } from '../model/errors.js';
import type { ContainerProgress } from '../progress/ContainerProgress.js';
import { LayersContext, missingProvider } from '../provider/LayersContext.js';
import { containerProgressOptions } from '../queries/containerOptions.js';
import { idle } from '../queries/queryOptions.js';
import { withHookOptions } from './useRead.js';

/** A container id to follow, or a progress object, which needs no provider. */
export type ProgressSource = string | ContainerProgress | null | undefined;

/** For a disabled query without a provider. */
let nowhere: QueryClient | undefined;

/** The progress of a source; `null`: none yet. @throws LayersError for an id without a provider */
export function useFollowedProgress(source: ProgressSource): ContainerProgress | null {
  const layers = useContext(LayersContext);
  const id = typeof source === 'string' && source !== '' ? source : null;
  if (id !== null && layers === null) throw missingProvider();
  const queryClient = layers?.queryClient ?? (nowhere ??= new QueryClient());
  const options = layers === null ? idle : containerProgressOptions(layers.client, id);
  const { data = null } = useQuery<unknown, LayersError, ContainerProgress>(withHookOptions(options, {}), queryClient);
  return typeof source === 'object' && source !== null ? source : data;
}
