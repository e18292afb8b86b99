import { QueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { createLayersClient, type LayersClient, type LayersClientOptions, LayersProvider } from '../../src/index.js';
import { createSimulator, type Simulator, type SimulatorOptions } from '../../src/testing.js';
import { waitedFor } from './bodies.js';

/** One simulated API, a client that reads it, and a cache: what every hook test stands on. */
export interface World {
  simulator: Simulator;
  client: LayersClient;
  queryClient: QueryClient;
  projectId: string;
  /** Paths of the GETs so far that match, in order. */
  reads: (pattern?: RegExp) => string[];
  wrapper: (props: { children: ReactNode }) => ReactNode;
}

let worlds = 0;

/** A world of its own: no other test shares its budget or its cache. */
export function createWorld(simulator: SimulatorOptions = {}, client: Partial<LayersClientOptions> = {}): World {
  worlds += 1;
  const api = createSimulator({ tier: 'off', ...simulator });
  const layers = createLayersClient({ baseUrl: `https://world-${worlds}.invalid`, ...client, fetch: waitedFor(client.fetch ?? api.fetch) });
  const queryClient = new QueryClient();
  return {
    simulator: api,
    client: layers,
    queryClient,
    projectId: api.projectIds[0] as string,
    reads: (pattern = /./) => api.requests.filter(({ method, path }) => method === 'GET' && pattern.test(path)).map(({ path }) => path),
    wrapper: ({ children }) => (
      <LayersProvider client={layers} queryClient={queryClient}>
        {children}
      </LayersProvider>
    ),
  };
}

/** A generation of two stages that ends after `durationMs`. */
export const shortLife = (durationMs = 10_000) =>
  ({
    queuedMs: 1_000,
    stages: [
      { stage: 'generating_visuals', durationMs: durationMs - 2_000 },
      { stage: 'finalizing', durationMs: 1_000 },
    ],
    kind: 'video',
    eta: 'exact',
  }) as const;
