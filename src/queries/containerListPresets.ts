import type { ContainerListQuery } from './containerListFilters.js';

/**
 * The lists that the documentation names (list-containers page), and the one it has no filter for: `useContainerList(id, containerListPresets.inFlight)`.
 */
export const containerListPresets = {
  /** Everything that is being produced. */
  inFlight: { status: ['queued', 'processing'] },
  /** What failed since a time in ISO 8601, to be made again. */
  rescueFailed: (since: string): ContainerListQuery => ({ status: 'failed', since }),
  /** Only UGC, for a review of its own beside brand content. */
  ugcOnly: { format: 'ugc-remix' },
  /** Everything that is finished, made or uploaded. */
  library: { status: 'completed' },
  /** What is finished and waits for a decision. The API has no filter for approval: pages are looked through. */
  needsReview: { status: 'completed', approval: 'pending' },
} as const satisfies Record<string, ContainerListQuery | ((since: string) => ContainerListQuery)>;
