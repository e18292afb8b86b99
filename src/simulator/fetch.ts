import type { Transport } from './transport.js';
import { abortReason, wait } from './wait.js';

/** Where media URLs point when only `fetch` is used and no `mediaBaseUrl` was given. */
export const virtualMediaBase = 'https://media.simulator.invalid/';

/** Makes the `fetch` of a simulator. Without a `latency` fault it uses no timer, so it works under fake ones. */
export function createFetch(transport: Transport, mediaBase: string): (input: RequestInfo | URL, init?: RequestInit) => Promise<Response> {
  return async (input, init = {}) => {
    const from = input instanceof Request ? input : null;
    const signal = init.signal ?? from?.signal ?? null;
    if (signal?.aborted) throw abortReason(signal);
    const url = new URL(input instanceof Request ? input.url : input, 'http://simulator.invalid');
    const method = (init.method ?? from?.method ?? 'GET').toUpperCase();
    const body = init.body != null ? await new Response(init.body).text() : from ? await from.text() : '';
    if (signal?.aborted) throw abortReason(signal);
    const headers = new Headers(init.headers ?? from?.headers);
    const request = { method, path: url.pathname, search: url.search, headers, body, mediaBase };
    const { latencyMs, result } = await transport.dispatch(request, mediaName(url, mediaBase));
    if (latencyMs > 0) await wait(latencyMs, signal);
    if (result === 'hang') await wait(Infinity, signal);
    if (signal?.aborted) throw abortReason(signal);
    if (result === 'drop' || result === 'hang') throw new TypeError('fetch failed');
    // A `Response` of these statuses refuses a body, also an empty one.
    const bare = [204, 205, 304].includes(result.status);
    return new Response(bare ? null : result.body, { status: result.status, headers: result.headers });
  };
}

function mediaName(url: URL, mediaBase: string): string | null {
  for (const base of [mediaBase, virtualMediaBase])
    if (url.href.startsWith(base)) return url.href.slice(base.length).replace(/[?#].*$/, '');
  return null;
}
