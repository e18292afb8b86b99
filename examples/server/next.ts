// app/api/layers/[...path]/route.ts
import { createLayersServer } from '../../src/server.js';

const layers = createLayersServer({
  apiKey: () => process.env['LAYERS_API_KEY'] ?? '',
  // Your own session and your own table of who owns which project.
  authorize: async (request, _, { projectId }) => request.headers.get('x-user') === 'ann' && (await projectId()) === process.env['PROJECT'],
});

export const GET = layers.fetch;
export const POST = layers.fetch;
