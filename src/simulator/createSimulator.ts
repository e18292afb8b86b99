import { createContainer, startJob } from './create.js';
import { Exchange } from './exchange.js';
import { createFetch, virtualMediaBase } from './fetch.js';
import { drawLibrary } from './library.js';
import { cutRun, lifeOf, type ContainerRecord } from './record.js';
import { listen } from './server.js';
import { createTransport } from './transport.js';
import type { Simulator, SimulatorContainerInput, SimulatorOptions } from './types.js';
import { World } from './world.js';

/**
 * Makes an embedded Layers API: a `fetch`, and on demand an HTTP server, that answer like the documented one. Everything random
 * comes from `seed`, everything that changes from `now`.
 *
 * @example
 * const simulator = createSimulator({ containers: 40 });
 * const client = createLayersClient({ baseUrl: 'https://simulator.invalid', fetch: simulator.fetch });
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const world = new World(options);
  const exchange = new Exchange(world);
  const transport = createTransport(world, exchange);
  const mediaBase = options.mediaBaseUrl === undefined ? null : options.mediaBaseUrl.replace(/\/*$/, '/');

  const addContainer = (input: SimulatorContainerInput = {}): string => {
    const record = createContainer(world, input);
    if (record.creativeType === 'generated' && (input.state ?? 'generate') === 'generate') startJob(world, [record], record.createdAt);
    return record.id;
  };
  const known = (containerId: string): ContainerRecord => {
    const record = world.store.get(containerId);
    if (!record) throw new Error(`layers-react/testing: the simulator has no container ${containerId}.`);
    return record;
  };

  const { containers = 0 } = options;
  if (typeof containers === 'number') drawLibrary(world, containers);
  else for (const input of containers) addContainer(input);

  return {
    fetch: createFetch(transport, mediaBase ?? virtualMediaBase),
    listen: (port = 0) => listen(transport, port, mediaBase),
    projectIds: world.projectIds,
    requests: exchange.requests,
    clearRequests: () => {
      exchange.requests.length = 0;
    },
    addContainer,
    decide: (containerId, approvalStatus) => {
      known(containerId).approval = approvalStatus;
    },
    finish: (containerId, outcome = 'completed') => {
      const record = known(containerId);
      if (!lifeOf(record, world.now()).ending) cutRun(record.run, world.now(), outcome);
    },
    removeContainer: (containerId) => world.store.remove(containerId),
    setFaults: (faults) => exchange.faults.set(faults),
    setLimits: (limits, key = '') => world.setLimits(key, limits),
    jobId: (containerId) => known(containerId).jobId,
    rateLimit: (key = '') => exchange.tokens(key),
  };
}
