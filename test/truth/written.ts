import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { type Container, type ContainerListQuery, containerListOptions, createLayersClient, layersKeys } from '../../src/core.js';
import { parseContainer } from '../../src/model/index.js';
import { type Page, type Row, tick } from './support.js';

export const SCOPE = { scope: 'one person' };

/** Observes a list. `row`: its row of a container. */
export function mountList({ client, queryClient, projectId }: Page, filters: ContainerListQuery = {}) {
  const observer = new QueryObserver(queryClient, containerListOptions(client, projectId, filters));
  const stop = observer.subscribe(() => undefined);
  return { row: (id: string) => observer.getCurrentResult().data?.containers.find((row) => row.id === id), stop };
}
type List = ReturnType<typeof mountList>;

/** What hooks and lists show of a container, without what only some of them carry; one view where they agree. */
export function views(id: string, hooks: readonly Row[], lists: readonly List[]) {
  const all = [...hooks.map((hook) => hook.container()), ...lists.map((list) => list.row(id))].map((shown) => {
    const { status, rawStatus, approvalStatus, rawApprovalStatus, preview, hook, caption } = shown ?? ({} as Container);
    return JSON.stringify({ status, rawStatus, approvalStatus, rawApprovalStatus, preview, hook, caption });
  });
  return [...new Set(all)].map((view) => JSON.parse(view) as Container);
}

/** A server of the partner that reads the same API. */
export function openServer({ simulator }: Page) {
  const client = createLayersClient({ baseUrl: 'https://server.invalid', fetch: simulator.fetch, ...SCOPE });
  return { client, queryClient: new QueryClient() };
}

export const recordOf = async ({ simulator }: Page, id: string, more: object = {}) => {
  const [response] = await Promise.all([simulator.fetch(`https://truth.invalid/v1/content/${id}`), tick(500)]);
  return parseContainer({ ...((await response.json()) as object), ...more });
};

export const keyOf = ({ client }: Page, id: string) => layersKeys.container(client, id);
