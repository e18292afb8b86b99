'use client';
import type { QueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { LayersClient } from '../schedule/scheduledClient.js';
import type { Container } from '../model/container.js';
import { LayersError } from '../model/errors.js';
import type { ContainerReads } from './ContainerReads.js';

/** What a `LayersProvider` hands down. */
export interface LayersContextValue {
  client: LayersClient;
  queryClient: QueryClient;
  reads: ContainerReads;
  /** Tells the host what a component threw while it was drawn. */
  report: (error: unknown, component: string) => void;
}

/** @internal */
export const LayersContext = createContext<LayersContextValue | null>(null);

/** The client and the TanStack Query client of the nearest provider. @internal */
export function useLayers(): LayersContextValue {
  const value = useContext(LayersContext);
  if (value) return value;
  throw missingProvider();
}

/** How a component that has an id follows its container through the nearest provider. @internal */
export function useReads(): ContainerReads {
  return useLayers().reads;
}

/** The record of a container where the nearest provider's cache has it; `null` where it has not, or without a provider. @internal */
export function useRecordIfKnown(containerId: string | null | undefined): Container | null {
  const look = useContext(LayersContext)?.reads.useKnownContainer ?? knowsNone;
  return look(containerId);
}

const knowsNone = () => null;

/** What to throw where there is no provider. @internal */
export function missingProvider(): LayersError {
  return new LayersError({
    code: 'INVALID_INPUT',
    message:
      'layers-react: a hook was used outside of <LayersProvider>, so it does not know which server to ask. Wrap your app: <LayersProvider baseUrl="/api/layers">…</LayersProvider>.',
  });
}

/** The {@link LayersClient} of the nearest `LayersProvider`. @throws LayersError outside of one */
export function useLayersClient(): LayersClient {
  return useLayers().client;
}
