import { environmentManager, QueryClient, QueryObserver } from '@tanstack/react-query';
import { containerKey, containerProgressOptions, createLayersClient } from '../../src/core.js';
import type { Life, Scene } from './scene.js';

// TanStack Query does not poll where it believes to be on a server.
environmentManager.setIsServer(() => false);

/** One way to follow containers. */
export interface Reader {
  /** Follows a container; `ended` is called when the hook's data first says that it is over. Returns what stops it. */
  follow(life: Life, ended: () => void): () => void;
  close(): void;
}

interface Progress {
  status: string;
  stage: string | null;
}

const isOver = (status: string | undefined) => status === 'completed' || status === 'failed' || status === 'canceled';

/** What a partner writes first: TanStack Query, one query a container, the documented cadence as `refetchInterval`, everything else by default. */
export function byHand(scene: Scene): Reader {
  const queryClient = new QueryClient();
  queryClient.mount();
  const stages = new Map<string, { stage: string | null; since: number }>();
  return {
    follow: (life, ended) => {
      const observer = new QueryObserver<Progress>(queryClient, {
        queryKey: ['progress', life.id],
        queryFn: async ({ signal }) => {
          const response = await scene.fetch(`https://api.invalid/v1/content/${life.id}/progress`, { signal });
          if (!response.ok) throw new Error(String(response.status));
          return response.json() as Promise<Progress>;
        },
        refetchInterval: ({ state: { data } }) => {
          if (data === undefined) return 2_000;
          if (isOver(data.status)) return false;
          const known = stages.get(life.id);
          if (known?.stage !== data.stage) stages.set(life.id, { stage: data.stage, since: Date.now() });
          return Date.now() - (stages.get(life.id)?.since ?? 0) > 30_000 ? 5_000 : 2_000;
        },
      });
      return watch(observer, ended);
    },
    close: () => {
      queryClient.clear();
      queryClient.unmount();
    },
  };
}

/** This library: the same containers through `containerProgressOptions`, with word of what is on screen, as its components give it. */
export function ours(scene: Scene): Reader {
  const queryClient = new QueryClient();
  queryClient.mount();
  const client = createLayersClient({ baseUrl: 'https://api.invalid', fetch: scene.fetch });
  return {
    follow: (life, ended) => {
      const hide = client.reads.visibility.show(containerKey(life.id), {}, life.onScreen);
      const stop = watch(new QueryObserver(queryClient, containerProgressOptions(client, life.id)), ended);
      return () => {
        stop();
        hide();
      };
    },
    close: () => {
      queryClient.clear();
      queryClient.unmount();
    },
  };
}

function watch(
  observer: { subscribe(listener: (result: { data: { status: string } | undefined }) => void): () => void },
  ended: () => void,
): () => void {
  let over = false;
  return observer.subscribe(({ data }) => {
    if (over || !isOver(data?.status)) return;
    over = true;
    ended();
  });
}
