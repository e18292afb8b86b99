import { createServer } from 'node:http';
import { type LayersServer, toNodeHandler } from '../../src/server.js';

/** Node's own server. */
export function nodeServer(layers: LayersServer) {
  const handle = toNodeHandler(layers);
  return createServer((request, response) => {
    if (request.url?.startsWith('/api/layers/')) handle(request, response);
    else response.writeHead(404).end();
  });
}
