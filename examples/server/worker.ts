import { createLayersServer, type LayersServer } from '../../src/server.js';

let layers: LayersServer | undefined;

/** Cloudflare Workers and other runtimes without Node. Each isolate has a budget of its own. */
export default {
  fetch(request: Request, env: { LAYERS_API_KEY: string; OWNER_TOKEN: string }): Promise<Response> {
    const isOwner = ({ headers }: Request) => headers.get('authorization') === `Bearer ${env.OWNER_TOKEN}`;
    layers ??= createLayersServer({ apiKey: env.LAYERS_API_KEY, readsPerMinute: 24, authorize: isOwner });
    return layers.fetch(request);
  },
};
