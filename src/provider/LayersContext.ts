'use client';
import type { QueryClient, UseQueryResult } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { LayersClient } from '../client/LayersClient.js';
import type { Container } from '../model/container.js';
import { LayersError } from '../model/errors.js';

/** What a `LayersProvider` hands down. */
export interface LayersContextValue {
  client: LayersClient;
  queryClient: QueryClient;
  /** Reads a container. Handed down, so that a component that may be given plain data instead does not bring TanStack Query into the page. */
  useContainerRecord: (id: string) => UseQueryResult<Container, LayersError>;
}

/** @internal */
export const LayersContext = createContext<LayersContextValue | null>(null);

/** The client and the TanStack Query client of the nearest provider. @internal */
export function useLayers(): LayersContextValue {
  const value = useContext(LayersContext);
  if (value) return value;
  throw missingProvider();
}

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
