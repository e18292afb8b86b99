import type { QueryClient } from '@tanstack/react-query';
import type { LayersClient } from '../../schedule/createLayersClient.js';

/** Has the lists of projects read their first page, because something may be new there. Projects go by either spelling: old 202s leave `prj_` out. */
export function refreshLists(client: LayersClient, queryClient: QueryClient, projectIds: readonly (string | null)[]): void {
  const projects = new Set(projectIds.map((id) => id && bareProject(id)));
  void queryClient.invalidateQueries({
    queryKey: ['layers', client.scope, 'list'],
    predicate: ({ queryKey }) => projects.has(bareProject(String(queryKey[3]))),
  });
}

const bareProject = (id: string) => id.replace(/^prj_/, '');
