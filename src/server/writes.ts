import { uuidFrom } from '../internal/uuid.js';
import { Refusal } from './refusal.js';

const JSON_TYPE = /^application\/json\s*(?:;|$)/i;
const OWN_SITES = ['same-origin', 'same-site', 'none'];

/**
 * Refuses a write that another site could have made a browser send. A page elsewhere can post a form here with the user's cookies, but `application/json`
 * only after a preflight, which nothing here grants. Browsers also name the site: in `Sec-Fetch-Site`, the older ones in `Origin`.
 *
 * @throws Refusal 403 or 415
 */
export function refuseForgedWrite(request: Request): void {
  const site = request.headers.get('sec-fetch-site');
  if (site === null ? !isOwnOrigin(request) : !OWN_SITES.includes(site.toLowerCase()))
    throw new Refusal(
      403,
      'CROSS_SITE_REQUEST',
      'This request came from another site, so nothing was changed. Send it from a page of your own site.',
    );
  if (!JSON_TYPE.test(request.headers.get('content-type') ?? ''))
    throw new Refusal(
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      "The request isn't JSON, so nothing was changed. Send it with the header content-type: application/json.",
    );
}

function isOwnOrigin({ headers, url }: Request): boolean {
  const origin = headers.get('origin');
  // Not a browser: there are no cookies that it could be made to send.
  if (origin === null) return true;
  if (!URL.canParse(origin)) return false;
  const { protocol, host } = new URL(origin);
  // A reverse proxy's header counts, too: it takes a preflight to send it from another site.
  const forwarded = headers.get('x-forwarded-host')?.split(',')[0]?.trim();
  return [new URL(url).host, headers.get('host'), forwarded].some((each) => {
    const own = `${protocol}//${each ?? ''}`;
    return URL.canParse(own) && new URL(own).host === host;
  });
}

/**
 * The `Idempotency-Key` that goes up: always the same one for the same viewer, path and key, and another one for any other, so that no request replays the
 * response to somebody else's. In the form of a UUID, which the API documents, however long the browser's is.
 *
 * @param viewer as `viewer` names them; `null` where there is no such option
 */
export async function boundIdempotencyKey(key: string, path: string, viewer: string | null): Promise<string> {
  const text = new TextEncoder().encode(JSON.stringify([viewer, path, key]));
  return uuidFrom(new Uint8Array(await crypto.subtle.digest('SHA-256', text)));
}
