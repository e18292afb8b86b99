import express from 'express';
import { type LayersServer, toNodeHandler } from '../../src/server.js';

/** Express 5. The order doesn't matter: a body that `express.json()` has parsed is used. */
export function expressApp(layers: LayersServer) {
  const app = express();
  app.use(express.json());
  app.use('/api/layers', toNodeHandler(layers));
  return app;
}
