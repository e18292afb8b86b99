import { isApiKey, type ServerSettings } from './options.js';
import { askPartner } from './partner.js';

/** The key for one request. @throws Refusal `API_KEY_UNAVAILABLE` if the partner's function fails, is late or returns no key */
export async function currentApiKey({ apiKey, timeoutMs }: ServerSettings): Promise<string> {
  if (typeof apiKey === 'string') return apiKey;
  return askPartner('apiKey', timeoutMs, async () => {
    const key = await apiKey();
    if (!isApiKey(key)) throw new TypeError('It returned no API key: an API key is a string without spaces or line breaks.');
    return key;
  });
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
