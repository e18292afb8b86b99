import { notifyManager, QueryClient, QueryObserver } from '@tanstack/react-query';
import {
  containerOptions,
  containerProgressOptions,
  createLayersClient,
  type ContainerProgress,
  type Container,
  type LayersClient,
  type LayersClientOptions,
  type LayersError,
} from '../../src/core.js';
import { batchBy } from '../../src/queries/batch.js';
import { cacheOf } from '../../src/queries/cacheOf.js';
import { createSimulator, type Simulator, type SimulatorGeneration, type SimulatorOptions } from '../../src/testing.js';

/** A container that stays in flight longer than a test runs. */
export const long: SimulatorGeneration = { queuedMs: 0, stages: [{ stage: 'generating_visuals', durationMs: 7_200_000 }], eta: 'exact' };

/** One that ends after so many milliseconds. */
export const life = (durationMs: number): SimulatorGeneration => ({
  queuedMs: 0,
  stages: [{ stage: 'generating_visuals', durationMs }],
  kind: 'video',
});

export const isList = (path: string) => /\/projects\/[^/]+\/content/.test(path);
export const isInFlightList = (path: string) => isList(path) && path.includes('status=queued') && path.includes('status=processing');
export const isEndedList = (path: string) => isList(path) && path.includes('status=completed');
export const isProgress = (path: string) => path.endsWith('/progress');
export const isRecord = (path: string) => /\/content\/[^/?]+$/.test(path) && !isProgress(path);

/** Somebody who looks at a container, as a mounted hook does. */
export interface Look<Data> {
  observer: QueryObserver<unknown, LayersError, Data>;
  data: () => Data | undefined;
  error: () => LayersError | null;
  stop: () => void;
}

export interface Scene {
  simulator: Simulator;
  client: LayersClient;
  queryClient: QueryClient;
  projectId: string;
  add: (generation?: SimulatorGeneration) => string;
  /** `onScreen`: what a component that shows it says; `undefined`: none says anything. */
  record: (id: string, onScreen?: boolean) => Look<Container>;
  progress: (id: string, onScreen?: boolean) => Look<ContainerProgress>;
  observe: <Data>(options: unknown, cache?: QueryClient) => Look<Data>;
  /** Paths of the requests since the last call. */
  reads: () => string[];
}

let scenes = 0;

/** A simulated API, a client of its own budget, and a cache. */
export function createScene(simulation: SimulatorOptions = {}, options: Partial<LayersClientOptions> = {}): Scene {
  scenes += 1;
  const simulator = createSimulator({ tier: 'off', ...simulation });
  const client = createLayersClient({ baseUrl: `https://scene-${scenes}.invalid`, fetch: simulator.fetch, ...options });
  const queryClient = new QueryClient();
  queryClient.mount();
  // As the provider does.
  batchBy((updates) => notifyManager.batch(updates));
  cacheOf(client, queryClient);
  let seen = 0;
  const observe = <Data>(given: unknown, cache = queryClient): Look<Data> => {
    const observer = new QueryObserver(cache, given as never) as unknown as QueryObserver<unknown, LayersError, Data>;
    const stop = observer.subscribe(() => {});
    return { observer, stop, data: () => observer.getCurrentResult().data, error: () => observer.getCurrentResult().error };
  };
  const show = (id: string, onScreen: boolean | undefined) => onScreen !== undefined && client.schedule.show(id, {}, onScreen);
  return {
    simulator,
    client,
    queryClient,
    projectId: simulator.projectIds[0] as string,
    add: (generation = long) => simulator.addContainer({ generation }),
    record: (id, onScreen) => {
      show(id, onScreen);
      return observe(containerOptions(client, id));
    },
    progress: (id, onScreen) => {
      show(id, onScreen);
      return observe(containerProgressOptions(client, id));
    },
    observe,
    reads: () => {
      const paths = simulator.requests.slice(seen).map(({ path }) => path);
      seen = simulator.requests.length;
      return paths;
    },
  };
}
