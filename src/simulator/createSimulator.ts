import { createContainer, startJob } from './create.js';
import { decideContainer } from './decide.js';
import { Exchange } from './exchange.js';
import { createFetch, virtualMediaBase } from './fetch.js';
import { uuid } from './ids.js';
import { drawLibrary } from './library.js';
import { randomFrom } from './random.js';
import { cutRun, lifeOf, type ContainerRecord } from './record.js';
import { listen, mediaPath } from './server.js';
import { createTransport } from './transport.js';
import type { Simulator, SimulatorContainerInput, SimulatorOptions } from './types.js';
import { WebhookSender } from './webhooks/sender.js';
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
  const sender = options.webhooks ? new WebhookSender(world, exchange.faults, options.webhooks, mediaBase ?? virtualMediaBase) : null;

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

  const sending = (): WebhookSender => {
    if (!sender)
      throw new Error(
        'layers-react/testing: the simulator sends no webhooks. Give createSimulator() the option webhooks: { url, secret }.',
      );
    return sender;
  };

  const { containers = 0 } = options;
  if (typeof containers === 'number') drawLibrary(world, containers);
  else for (const input of containers) addContainer(input);

  return {
    fetch: createFetch(transport, mediaBase ?? virtualMediaBase),
    listen: async (port = 0) => {
      const server = await listen(transport, port, mediaBase);
      if (sender && mediaBase === null) sender.mediaBase = server.url + mediaPath;
      return server;
    },
    projectIds: world.projectIds,
    requests: exchange.requests,
    clearRequests: () => {
      exchange.requests.length = 0;
    },
    addContainer,
    decide: (containerId, approvalStatus) => {
      const by = `user_${uuid(randomFrom(world.seed, 'user'))}`;
      const reason = approvalStatus === 'rejected' ? 'Rejected by another person.' : null;
      decideContainer(world, known(containerId), { approval: approvalStatus, by, reason });
    },
    finish: (containerId, outcome = 'completed') => {
      const record = known(containerId);
      if (lifeOf(record, world.now()).ending) return;
      cutRun(record.run, world.now(), outcome);
      world.outbox?.changed();
    },
    removeContainer: (containerId) => world.store.remove(containerId),
    setFaults: (faults) => exchange.faults.set(faults),
    setLimits: (limits, key = '') => world.setLimits(key, limits),
    jobId: (containerId) => known(containerId).jobId,
    webhooks: sender?.log ?? [],
    deliverWebhooks: async () => sender?.deliver(),
    sendWebhook: (type, data = {}) => sending().queue(type, data, world.now()),
    replayWebhook: (eventId) => sending().replay(eventId),
    rateLimit: (key = '') => exchange.tokens(key),
  };
}
