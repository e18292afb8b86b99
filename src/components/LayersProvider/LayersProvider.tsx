'use client';
import { useContainer } from '../../hooks/useContainer.js';
import { useContainerProgress } from '../../hooks/useContainerProgress.js';
import { useFreshness } from '../../hooks/useFreshness.js';
import { useJob } from '../../hooks/useJob.js';
import { useJobProgress } from '../../hooks/useJobProgress.js';
import { useKnownContainer } from '../../hooks/useKnownContainer.js';
import { useOnScreen } from '../../hooks/useOnScreen.js';
import type { ContainerReads } from '../../provider/ContainerReads.js';
import { ProviderRoot } from '../../provider/ProviderRoot.js';
import { containerOptions } from '../../queries/containerOptions.js';
import type { LayersProviderProps } from './types.js';

const reads: ContainerReads = {
  useContainer,
  useContainerProgress,
  useJobProgress,
  useJob,
  useFreshness,
  useKnownContainer,
  useOnScreen,
  readNow: (client, queryClient, id) => queryClient.fetchQuery({ ...containerOptions(client, id), staleTime: 0 }),
};

/**
 * Gives the hooks and components below it a Layers client and a cache. Put one round your app, inside your `QueryClientProvider` if you have one.
 *
 * @example
 * <LayersProvider baseUrl="/api/layers">
 *   <Dashboard />
 * </LayersProvider>
 *
 * @throws LayersError `INVALID_INPUT` with neither `client` nor `baseUrl`
 */
export function LayersProvider(props: LayersProviderProps) {
  return <ProviderRoot {...props} reads={reads} />;
}
