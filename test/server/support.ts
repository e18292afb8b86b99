import type { LayersError } from '../../src/core.js';
import { createLayersServer, type LayersServerOptions, type LayersTarget } from '../../src/server.js';
import { createSimulator, type SimulatorOptions } from '../../src/testing.js';

/** The key of every server under test; no answer may hold it. */
export const apiKey = 'lp_live_c2VjcmV0+of/the=house';

/** One request as it went up to the API. */
interface Sent {
  url: string;
  init: RequestInit;
  headers: Headers;
}

export interface Envelope {
  error: { code: string; message: string; requestId: string; details?: Record<string, unknown> };
}

/** A server part in front of a simulator that knows only its key. */
export function setup(options: Partial<LayersServerOptions> = {}, world: SimulatorOptions = {}) {
  const simulator = createSimulator({ apiKeys: [{ key: apiKey, tier: 'off' }], ...world });
  const sent: Sent[] = [];
  const asked: LayersTarget[] = [];
  const reported: LayersError[] = [];
  const server = createLayersServer({
    apiKey,
    baseUrl: 'https://api.invalid',
    // Enough that no test waits for its turn.
    readsPerMinute: 6_000,
    authorize: (_, target) => {
      asked.push(target);
      return true;
    },
    onError: (error) => void reported.push(error),
    fetch: (url, init) => {
      sent.push({ url, init, headers: new Headers(init.headers) });
      return simulator.fetch(url, init);
    },
    ...options,
  });
  const get = (path: string, init: RequestInit = {}) => server.fetch(new Request(`https://partner.example/api/layers${path}`, init));
  const post = (path: string, body: BodyInit | null = '{}', headers: Record<string, string> = {}) =>
    get(path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
  return { simulator, server, sent, asked, reported, get, post, projectId: simulator.projectIds[0] as string };
}

/** A server part whose API gives one fixed answer. */
export function answering(body: BodyInit | null, init: ResponseInit = {}) {
  return setup({ fetch: async () => new Response(body, init) });
}

export async function errorOf(response: Response): Promise<Envelope['error']> {
  const { error }: Envelope = await response.json();
  return error;
}

export const json = { 'content-type': 'application/json' };
