export { createLayersServer } from './server/createLayersServer.js';
export type { Authorize, AuthorizeHelp, LayersServer, LayersServerOptions, PushOptions } from './server/options.js';
export type { CacheOutcome, LayersServerEvent } from './server/operations/events.js';
export type { LayersHealth } from './server/operations/health.js';
export type { PromClient } from './server/operations/metrics.js';
export { KNOWN_FORMATS as layersFormats, type LayersTarget } from './server/routes.js';
export { type NodeHandler, toNodeHandler } from './server/toNodeHandler.js';
export type { NodeRequest } from './server/nodeRequest.js';
export {
  type ContentDecidedWebhookEvent,
  type ContentGeneratedWebhookEvent,
  type JobWebhookEvent,
  parseWebhookEvent,
  type UnknownWebhookEvent,
  type WebhookEvent,
} from './server/webhooks/event.js';
export { type VerifyWebhookOptions, verifyWebhook, type WebhookHeaders } from './server/webhooks/verifyWebhook.js';
export { createRedisStore, type RedisClient, type RedisSubscriber } from './server/store/redisStore.js';
export { createMemoryStore } from './server/store/memoryStore.js';
export type { LayersStore } from './server/store/store.js';
