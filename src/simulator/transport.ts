import { faultAnswer, type WireResult } from './answers.js';
import type { Exchange, WireRequest } from './exchange.js';
import { serveMedia } from './media/serve.js';
import type { World } from './world.js';

/** What both transports share: where a request goes, and what comes back when. */
export interface Transport {
  /** @param mediaName the file asked for; `null`: a request to the API */
  dispatch(request: WireRequest, mediaName: string | null): Promise<{ latencyMs: number; result: WireResult }>;
}

/** Joins the API and the media files. */
export function createTransport(world: World, exchange: Exchange): Transport {
  return {
    async dispatch(request, mediaName) {
      if (mediaName !== null) return media(world, exchange, request, mediaName);
      // Whether the API allows other origins is not documented; a preflight without the headers says no.
      if (request.method === 'OPTIONS') return { latencyMs: 0, result: { status: 204, headers: {}, body: null } };
      return exchange.handle(request);
    },
  };
}

async function media(world: World, { faults }: Exchange, { method, headers }: WireRequest, name: string) {
  const requestId = world.requestId();
  const { latencyMs, instead } = faults.strike(`${method} /media/${name}`, { explicitOnly: true });
  const cors = { 'X-Request-Id': requestId, 'Access-Control-Allow-Origin': '*' };
  const result = instead ? faultAnswer(instead, requestId, cors) : await serveMedia(method, name, headers, requestId);
  return { latencyMs, result };
}
