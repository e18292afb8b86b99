import { environmentManager, QueryClient, QueryObserver, type QueryObserverOptions } from '@tanstack/react-query';
import { containerKey, containerOptions, containerProgressOptions, createLayersClient, type LayersClient } from '../../src/core.js';
import type { Life } from './library.js';
import { type Hook, isOver } from './rowWatch.js';

// TanStack Query does not poll where it believes to be on a server.
environmentManager.setIsServer(() => false);

/** What is followed of one container. */
export interface FollowedRow {
  /** The status that each hook's data has now. */
  statuses(): Record<Hook, string | undefined>;
  stop(): void;
}

/** One way to follow containers. */
export interface Reader {
  /** @param rendered called whenever `data` of a hook changes, which is when a component that reads nothing else renders */
  follow(life: Life, rendered: () => void): FollowedRow;
  close(): void;
}

type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

interface State {
  status: string;
  stage?: string | null;
}

/** How long the documented cadence of 2 s lasts in one stage before it becomes 5 s. */
const STAGE_MS = 30_000;

/**
 * What a careful partner writes: TanStack Query, a container's record read once and again when its progress ends, its progress at the documented
 * cadence as `refetchInterval`, everything else by default.
 */
export function byHand(fetch: Fetch): Reader {
  const queryClient = new QueryClient();
  queryClient.mount();
  const stages = new Map<string, { stage: string | null | undefined; since: number }>();
  const read = async (path: string, signal: AbortSignal) => {
    const response = await fetch(`https://api.invalid/v1/content/${path}`, { signal });
    if (!response.ok) throw new Error(String(response.status));
    return (await response.json()) as State;
  };
  return {
    follow: ({ id }, rendered) =>
      followBoth(
        queryClient,
        { queryKey: ['container', id], queryFn: ({ signal }) => read(id, signal) },
        {
          queryKey: ['progress', id],
          queryFn: async ({ signal }) => {
            const progress = await read(`${id}/progress`, signal);
            if (isOver(progress.status)) void queryClient.invalidateQueries({ queryKey: ['container', id] });
            return progress;
          },
          refetchInterval: ({ state: { data } }) => {
            if (isOver(data?.status)) return false;
            const known = stages.get(id);
            if (known === undefined || known.stage !== data?.stage) stages.set(id, { stage: data?.stage, since: Date.now() });
            return Date.now() - (stages.get(id)?.since ?? 0) > STAGE_MS ? 5_000 : 2_000;
          },
        },
        rendered,
      ),
    close: () => {
      queryClient.clear();
      queryClient.unmount();
    },
  };
}

let scopes = 0;

/** This library: both builders for each container, as `useContainer` and `ProgressBar` take them, with the word of what is on screen. */
export function ours(fetch: Fetch): Reader {
  const queryClient = new QueryClient();
  queryClient.mount();
  // A budget is shared by all clients of one scope: each run has its own.
  scopes += 1;
  const client = createLayersClient({ baseUrl: 'https://api.invalid', fetch, scope: `run ${scopes}` });
  return {
    follow: ({ id, onScreen }, rendered) => {
      const hide = showOnScreen(client, id, onScreen);
      const row = followBoth(queryClient, containerOptions(client, id), containerProgressOptions(client, id), rendered);
      return {
        ...row,
        stop: () => {
          row.stop();
          hide();
        },
      };
    },
    close: () => {
      queryClient.clear();
      queryClient.unmount();
      client.close();
    },
  };
}

/** Says whether a container is on screen, to the edition of the client that there is. */
function showOnScreen(client: LayersClient, id: string, onScreen: boolean): () => void {
  type Show = (name: string, component: object, isOnScreen: boolean) => () => void;
  const { schedule, reads } = client as { schedule?: { show: Show }; reads?: { visibility: { show: Show } } };
  if (schedule) return schedule.show(id, {}, onScreen);
  return reads ? reads.visibility.show(containerKey(id), {}, onScreen) : () => {};
}

type AnyOptions = { queryKey: readonly unknown[] };
type StateOptions = QueryObserverOptions<State>;

function followBoth(
  queryClient: QueryClient,
  container: AnyOptions | StateOptions,
  progress: AnyOptions | StateOptions,
  rendered: () => void,
) {
  const [record, share] = [container, progress].map((options) => {
    const observer = new QueryObserver<State>(queryClient, { ...(options as StateOptions), notifyOnChangeProps: ['data'] });
    return { observer, stop: observer.subscribe(rendered) };
  });
  return {
    statuses: () => ({
      container: record?.observer.getCurrentResult().data?.status,
      progress: share?.observer.getCurrentResult().data?.status,
    }),
    stop: () => {
      record?.stop();
      share?.stop();
    },
  };
}
