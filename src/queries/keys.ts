import { canonicalFilters } from '../client/filters.js';
import type { ClientIdentity } from '../client/requests.js';
import { containerKey } from '../model/ids.js';
import { approvalsOf, type ContainerListQuery } from './list/containerListFilters.js';

/** The version of the data under the keys. Increased with each change of what is cached, so that a cache that was kept from before isn't taken for it. */
const SHAPE: string = 'v1';

type Scope = Pick<ClientIdentity, 'scope'>;

// Apart from the others, so that what reads one container brings no filters of lists.
export const containerQueryKey = ({ scope }: Scope, containerId: string) =>
  ['layers', scope, 'container', containerKey(containerId), SHAPE] as const;
export const jobQueryKey = ({ scope }: Scope, jobId: string) => ['layers', scope, 'job', jobId, SHAPE] as const;

/**
 * The cache keys of every query: `['layers', scope, kind, …, version of the data]`. They contain the client's `scope`, and neither its URL nor its headers. Container ids lose a
 * leading `cnt_`, so that both spellings share one entry. Use them to invalidate (`layersKeys.container(client, id)`), or to match everything of one client
 * (`layersKeys.all(client)`).
 */
export const layersKeys = {
  /** Everything of one client. */
  all: ({ scope }: Scope) => ['layers', scope] as const,
  /** One container, its progress included. */
  container: containerQueryKey,
  /** The same key as `container`: record and progress share one entry. */
  progress: containerQueryKey,
  /** One file of a container. */
  asset: ({ scope }: Scope, containerId: string, assetId: string) =>
    ['layers', scope, 'asset', containerKey(containerId), assetId, SHAPE] as const,
  /** One job. */
  job: jobQueryKey,
  /** Every list of a project, whatever its filters. */
  lists: ({ scope }: Scope, projectId: string) => ['layers', scope, 'list', projectId] as const,
  /** One list of a project. Equivalent filters have the same key. */
  list: ({ scope }: Scope, projectId: string, filters?: ContainerListQuery) =>
    ['layers', scope, 'list', projectId, canonicalQuery(filters), SHAPE] as const,
};

function canonicalQuery(filters: ContainerListQuery = {}): ReturnType<typeof canonicalFilters> {
  const canonical = canonicalFilters(filters);
  const approval = approvalsOf(filters);
  return approval === undefined ? canonical : { ...canonical, approval };
}
