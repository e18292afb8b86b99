import { Refusal } from './refusal.js';

const MAX_BYTES = 64 * 1024;
const JSON_TYPE = /^application\/json\s*(?:;|$)/i;
const OWN_SITES = ['same-origin', 'same-site', 'none'];

/**
 * Refuses a write that another site could have made a browser send: a page elsewhere can post a form here with the user's cookies, but not as
 * `application/json` without asking first, and nothing here says yes.
 *
 * @throws Refusal
 */
export function refuseForgedWrite({ headers }: Request): void {
  const site = headers.get('sec-fetch-site');
  if (site !== null && !OWN_SITES.includes(site.toLowerCase()))
    throw new Refusal(
      403,
      'CROSS_SITE_REQUEST',
      'This request came from another site, so nothing was changed. Send it from a page of your own site.',
    );
  if (!JSON_TYPE.test(headers.get('content-type') ?? ''))
    throw new Refusal(
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      'The request is not JSON, so nothing was changed. Send it with the header content-type: application/json.',
    );
}

/** The body of a write as it goes up; empty where there is none. @throws Refusal for one over 64 kB or no JSON */
export async function readJsonBody(request: Request): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BYTES) throw tooLarge();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let bytes = 0;
  const reader = request.body?.getReader();
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      bytes += part.value.byteLength;
      if (bytes > MAX_BYTES) throw tooLarge();
      text += decoder.decode(part.value, { stream: true });
    }
    text += decoder.decode();
    if (text.trim() !== '') JSON.parse(text);
    return text.trim();
  } catch (error) {
    // Not waited for: the other half of a cloned body may never be read, and then this never settles.
    reader?.cancel().catch(() => {});
    throw error instanceof Refusal
      ? error
      : new Refusal(400, 'VALIDATION', 'The body of the request is not valid JSON, so nothing was changed. Send a JSON object.');
  }
}

const tooLarge = () =>
  new Refusal(413, 'PAYLOAD_TOO_LARGE', 'The body of the request is larger than 64 kB, so nothing was changed. Send a shorter text.');
