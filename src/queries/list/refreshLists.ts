import type { QueryClient } from '@tanstack/react-query';
import type { LayersClient } from '../../schedule/scheduledClient.js';

/** Refreshes the lists of projects, because they can have new rows. Accepts both spellings of project ids: old 202 responses omit `prj_`. */
export function refreshLists(client: LayersClient, queryClient: QueryClient, projectIds: readonly (string | null)[]): void {
  const projects = new Set(projectIds.map((id) => id && bareProject(id)));
  void queryClient.invalidateQueries({
    queryKey: ['layers', client.scope, 'list'],
    predicate: ({ queryKey }) => projects.has(bareProject(String(queryKey[3]))),
  });
}

const bareProject = (id: string) => id.replace(/^prj_/, '');
