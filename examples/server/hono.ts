import { Hono } from 'hono';
import type { LayersServer } from '../../src/server.js';

/** Hono, on any runtime. */
export function honoApp(layers: LayersServer) {
  const app = new Hono();
  app.all('/api/layers/*', ({ req }) => layers.fetch(req.raw));
  return app;
}
