import type { LayersClientOptions } from '../../src/index.js';
import type { SimulatorOptions } from '../../src/testing.js';
import { createWorld, type World } from './world.js';

/** One write as it left the client. */
interface SentWrite {
  path: string;
  key: string | null;
  body: unknown;
}

/** A world that remembers what its client wrote, with the `Idempotency-Key` of each. */
export function createSentWorld(
  simulator: SimulatorOptions = {},
  client: Partial<LayersClientOptions> = {},
): World & { sent: SentWrite[] } {
  const sent: SentWrite[] = [];
  const world: World = createWorld(simulator, {
    fetch: (url, init) => {
      if (init.method === 'POST')
        sent.push({
          path: new URL(url).pathname,
          key: new Headers(init.headers).get('idempotency-key'),
          body: JSON.parse(init.body as string),
        });
      return world.simulator.fetch(url, init);
    },
    ...client,
  });
  return { ...world, sent };
}
