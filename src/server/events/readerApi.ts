import { LayersApi } from '../../client/api.js';
import { validateClientOptions } from '../../client/clientOptions.js';
import type { ServerSettings } from '../options.js';
import { readKey } from '../organization.js';
import type { Reader } from '../reader/reader.js';
import { envelopeResponse, newRequestId, Refusal } from '../refusal.js';

/** A base URL that leads nowhere: paths are taken from behind it. */
const NOWHERE = 'https://layers.invalid';

/** The reads of the API as a browser's scheduler sends them, through a reader. */
export function readerApi(
  reader: Reader,
  { timeoutMs, edition, organization }: Pick<ServerSettings, 'timeoutMs' | 'edition'> & { organization: string | null },
): { api: LayersApi; deadlineMs: number } {
  const fetch = async (url: string, { signal }: RequestInit): Promise<Response> => {
    try {
      const { status, headers, text } = await reader.scheduled(readKey(organization, url.slice(NOWHERE.length)), signal ?? undefined);
      return new Response(status === 204 || status === 304 ? null : text, { status, headers });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // Browsers are told of it: that the API can't be reached from here doesn't mean that they are offline.
      const { status, code, message, headers } = error;
      return envelopeResponse(status, { code, message, requestId: newRequestId() }, headers);
    }
  };
  const settings = validateClientOptions({ baseUrl: NOWHERE, fetch, timeoutMs: timeoutMs + 1_000, edition });
  // Nothing is written here, and reads have their turn already: their reader hears of limits itself.
  return { api: new LayersApi(settings, { enter: async () => {}, heard: () => {} }), deadlineMs: settings.deadlineMs };
}
