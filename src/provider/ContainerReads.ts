import type { QueryClient, UseQueryResult } from '@tanstack/react-query';
import type { LayersClient } from '../schedule/scheduledClient.js';
import type { Freshness, FreshnessReason, FreshnessState } from '../schedule/freshness.js';
import type { Container } from '../model/container.js';
import type { Job } from '../model/job.js';
import type { LayersError } from '../model/errors.js';
import type { ContainerProgress } from '../progress/ContainerProgress.js';
import type { ProgressEndHandlers } from '../progress/ends.js';
import type { AdvanceProgressOptions } from '../progress/options.js';

/**
 * How one container is followed: the hooks of the same names. A provider hands them down, so that a component that is given plain data does not bring
 * TanStack Query and the client into a page. Lists and decisions are not among them: every page with a provider would load them, so the component that is
 * about them imports them itself.
 */
export interface ContainerReads {
  useContainer: (id: string | null | undefined) => UseQueryResult<Container, LayersError>;
  useContainerProgress: (
    id: string | null | undefined,
    options?: ProgressEndHandlers & { estimate?: AdvanceProgressOptions | undefined },
  ) => UseQueryResult<ContainerProgress, LayersError>;
  useJobProgress: (id: string | null | undefined, options?: ProgressEndHandlers) => UseQueryResult<ContainerProgress, LayersError>;
  useJob: (id: string | null | undefined) => UseQueryResult<Job, LayersError>;
  useFreshness: (id: string | null | undefined) => { state: FreshnessState; reason: FreshnessReason; read: () => Freshness };
  useKnownContainer: (id: string | null | undefined) => Container | null;
  useOnScreen: (id: string | null | undefined) => (element: Element | null) => void;
  /** Reads a container's record now, once for all who ask at the same time. */
  readNow: (client: LayersClient, queryClient: QueryClient, id: string) => Promise<Container>;
}
