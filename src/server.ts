export { createLayersServer } from './server/createLayersServer.js';
export type { Authorize, LayersServer, LayersServerOptions } from './server/options.js';
export type { LayersTarget } from './server/routes.js';
export { type NodeHandler, type NodeRequest, toNodeHandler } from './server/toNodeHandler.js';
