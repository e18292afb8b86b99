import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { environmentManager, type QueryClient, QueryObserver, type QueryObserverOptions } from '@tanstack/react-query';
import { isOver } from '../reads/rowWatch.js';

// TanStack Query does not poll where it believes to be on a server.
environmentManager.setIsServer(() => false);

/** What a row reads of its data. */
export type State = { status?: string; approvalStatus?: string; updatedAt?: string | null } | undefined;
type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

/** One way to look at the content, in one browser. */
export interface Browser {
  /** What a row mounts for one container; the progress comes last. */
  row(id: string): QueryObserverOptions<State>[];
  /** Says whether a container is on screen. Returns a function that withdraws it. */
  show(id: string, isOnScreen: boolean): () => void;
  /** Mounts a project's list. */
  list(projectId: string): void;
  /** When what is known of a container was read, in milliseconds since 1970; `null` where only TanStack's `dataUpdatedAt` tells. */
  readAt(id: string): number | null;
}

/** Where a browser keeps its data, and how it gets it. */
export interface BrowserPlace {
  queryClient: QueryClient;
  baseUrl: string;
  fetch: Fetch;
  authorization: string;
}

/** Every container's progress every 2 s and the list every 5 s, whatever the responses are. */
export function byHand({ queryClient, baseUrl, fetch, authorization }: BrowserPlace): Browser {
  const read = async (path: string, signal: AbortSignal): Promise<State> => {
    const response = await fetch(`${baseUrl}/v1/${path}`, { signal, headers: { accept: 'application/json', authorization } });
    if (!response.ok) throw new Error(String(response.status));
    return (await response.json()) as State;
  };
  return {
    row: (id) => [
      {
        queryKey: ['progress', id],
        queryFn: ({ signal }) => read(`content/${id}/progress`, signal),
        refetchInterval: ({ state }) => (isOver(state.data?.status) ? false : 2_000),
        retry: false,
      },
    ],
    show: () => () => {},
    list: (projectId) => {
      const queryFn = ({ signal }: { signal: AbortSignal }) => read(`projects/${projectId}/content`, signal);
      const options = { queryKey: ['list', projectId], queryFn, refetchInterval: 5_000, retry: false } as const;
      new QueryObserver(queryClient, options).subscribe(() => {});
    },
    readAt: () => null,
  };
}

/** Loads a built package and returns what makes a browser of it: what the hooks mount, without React. */
export async function loadLibrary(dist: string, push: boolean) {
  const load = (file: string) => import(/* @vite-ignore */ pathToFileURL(resolve(dist, file)).href);
  const core = await load('core.js');
  const [{ followList }, { listActions }] = await Promise.all(['followList', 'listActions'].map((name) => load(`queries/list/${name}.js`)));
  return ({ queryClient, baseUrl, fetch, authorization }: BrowserPlace): Browser => {
    const client = core.createLayersClient({ baseUrl, fetch, headers: { authorization }, push: push ? 'auto' : false });
    return {
      row: (id) => [core.containerOptions(client, id), core.containerProgressOptions(client, id)],
      show: (id, isOnScreen) => client.schedule.show(id, {}, isOnScreen),
      list: (projectId) => {
        const options = core.containerListOptions(client, projectId);
        new QueryObserver(queryClient, options).subscribe(() => {});
        followList(listActions(client, queryClient, options.queryKey), 'in-flight');
      },
      readAt: (id) => client.schedule.freshness(id).lastReadAt,
    };
  };
}
