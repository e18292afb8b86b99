import { QueryClient } from '@tanstack/react-query';
import { type ReactNode, useContext, useState } from 'react';
import { createLayersClient, type LayersClient, LayersProvider } from '../../src/index.js';
import { MessagesContext } from '../../src/provider/MessagesContext.js';
import { createSimulator, type Simulator, type SimulatorGeneration, type SimulatorOptions } from '../../src/testing.js';

/** A generation of 20 s. */
export const twentySeconds = {
  kind: 'video',
  queuedMs: 2_000,
  stages: [
    { stage: 'writing_script', durationMs: 3_000 },
    { stage: 'generating_visuals', durationMs: 10_000 },
    { stage: 'adding_voice', durationMs: 3_000 },
    { stage: 'finalizing', durationMs: 2_000 },
  ],
} as const satisfies SimulatorGeneration;

interface SceneParts {
  simulator: Simulator;
  client: LayersClient;
  projectId: string;
  /** The one container that was put in last. */
  id: string;
}

interface SceneProps {
  generation?: SimulatorGeneration;
  options?: SimulatorOptions;
  children: (scene: SceneParts) => ReactNode;
}

function makeScene(generation: SimulatorGeneration | undefined, options: SimulatorOptions | undefined): SceneParts {
  const simulator = createSimulator({ mediaBaseUrl: new URL('/media/', location.href).href, tier: 'off', generation, ...options });
  const projectId = simulator.projectIds[0] ?? '';
  return { simulator, client: createClient(simulator), projectId, id: simulator.addContainer({ format: 'ugc-remix' }) };
}

const createClient = ({ fetch }: Simulator) => createLayersClient({ baseUrl: 'https://layers.invalid', fetch });

/** A simulated API of this page, a client for it, and one container beside those of the options. */
export function Scene({ generation, options, children }: SceneProps) {
  const [scene] = useState(() => makeScene(generation, options));
  return <WithWords client={scene.client}>{children(scene)}</WithWords>;
}

/** Somebody else at the same simulated API, with a client and a cache of their own. */
export function Person({ simulator, children }: { simulator: Simulator; children: ReactNode }) {
  const [own] = useState(() => ({ client: createClient(simulator), queryClient: new QueryClient() }));
  return <WithWords {...own}>{children}</WithWords>;
}

/** A provider that speaks the language of the story. */
function WithWords(props: { client: LayersClient; queryClient?: QueryClient; children: ReactNode }) {
  return <LayersProvider {...props} {...useContext(MessagesContext)} />;
}
