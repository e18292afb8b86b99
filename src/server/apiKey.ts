import { LayersError } from '../model/errors.js';
import { within } from './deadline.js';
import { isApiKey, type ServerSettings } from './options.js';
import { Refusal } from './refusal.js';

const CODE = 'API_KEY_UNAVAILABLE';
/** When a browser is to ask again, in seconds. */
const RETRY_AFTER_S = '5';

/**
 * The key for one request to the API. Without one the request counts as a failure of the API, and `onError` is told here: kept responses hide it from whoever asks.
 *
 * @throws Refusal 503 `API_KEY_UNAVAILABLE` if the partner's function fails, is late or returns no key
 */
export async function currentApiKey(
  { apiKey, timeoutMs, observer }: ServerSettings,
  { method, path }: { method: 'GET' | 'POST'; path: string },
): Promise<string> {
  if (typeof apiKey === 'string') return apiKey;
  const ended = observer.asking(method, path);
  const refuse = (what: string, cause?: unknown) => {
    const message = `layers-react: apiKey ${what}, so nothing can be read or changed: viewers get the last good response, or 503. Check where the key comes from; the reason is in \`cause\`.`;
    observer.reportOnce(new LayersError({ code: CODE, message, status: 503, cause }));
    return new Refusal(503, CODE, "The content service can't be reached at the moment. Nothing was changed. Try again in a moment.", {
      headers: { 'retry-after': RETRY_AFTER_S },
    });
  };
  const late = () => refuse(`did not answer within ${timeoutMs} ms (timeoutMs)`);
  try {
    return await within({ ms: timeoutMs, late }, async () => {
      const key = await apiKey();
      if (!isApiKey(key)) throw new TypeError('It returned no API key: an API key is a string without spaces or line breaks.');
      return key;
    });
  } catch (error) {
    const refusal = error instanceof Refusal ? error : refuse('threw', error);
    ended(refusal);
    throw refusal;
  }
}

// `%`, also when it is itself encoded.
const PERCENT = '(?:%|\\\\{1,8}u0025)(?:25){0,4}';

/**
 * Matches the key in any spelling: as it is, percent-encoded in either case, escaped as JSON, or several of these on top of each other.
 * Matches nothing for a key of less than 8 characters: a placeholder such as `k` is in every text.
 */
export function apiKeyPattern(apiKey: string): RegExp {
  if (apiKey.length < 8) return /(?!)/g;
  const spellings = (letter: string) => {
    const hex = letter.charCodeAt(0).toString(16);
    return `(?:\\\\{0,8}${letter.replace(/\W/, '\\$&')}|\\\\{1,8}u00${hex}|${PERCENT}${hex})`;
  };
  return new RegExp(apiKey.replace(/[^]/g, spellings), 'gi');
}
