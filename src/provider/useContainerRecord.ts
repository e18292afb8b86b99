'use client';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { Container } from '../model/container.js';
import type { LayersError } from '../model/errors.js';
import { containerOptions } from '../queries/containerOptions.js';
import { useLayers } from './LayersContext.js';

/** One container's record by the documented cadence. */
export function useContainerRecord(id: string): UseQueryResult<Container, LayersError> {
  const { client, queryClient } = useLayers();
  return useQuery(containerOptions(client, id), queryClient);
}
