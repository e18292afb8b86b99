import { canonicalFilters } from '../client/filters.js';
import type { LayersClient } from '../client/LayersClient.js';
import { containerKey } from '../model/ids.js';
import { approvalsOf, type ContainerListQuery } from './list/containerListFilters.js';

type Scope = Pick<LayersClient, 'scope'>;

/**
 * The cache keys of every read: `['layers', scope, what, …]`. Ids lose a leading `cnt_`, so that both spellings of one container share one entry.
 * Use them to invalidate (`layersKeys.container(client, id)`) or to reach everything of one client (`layersKeys.all(client)`).
 */
export const layersKeys = {
  all: ({ scope }: Scope) => ['layers', scope] as const,
  container: ({ scope }: Scope, containerId: string) => ['layers', scope, 'container', containerKey(containerId)] as const,
  progress: ({ scope }: Scope, containerId: string) => ['layers', scope, 'progress', containerKey(containerId)] as const,
  asset: ({ scope }: Scope, containerId: string, assetId: string) =>
    ['layers', scope, 'asset', containerKey(containerId), assetId] as const,
  job: ({ scope }: Scope, jobId: string) => ['layers', scope, 'job', jobId] as const,
  /** Every list of a project, whatever its filters. */
  lists: ({ scope }: Scope, projectId: string) => ['layers', scope, 'list', projectId] as const,
  list: ({ scope }: Scope, projectId: string, filters?: ContainerListQuery) =>
    ['layers', scope, 'list', projectId, canonicalQuery(filters)] as const,
};

function canonicalQuery(filters: ContainerListQuery = {}): ReturnType<typeof canonicalFilters> {
  const canonical = canonicalFilters(filters);
  const approval = approvalsOf(filters);
  return approval === undefined ? canonical : { ...canonical, approval };
}
