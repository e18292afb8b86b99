import { LayersError } from '../model/errors.js';

/** Throws about an argument, before anything is sent. @param what its kind, such as `list filter` @param allowed what it takes, as the end of a sentence */
export function refuseInput(what: string, path: string, value: unknown, allowed: string): never {
  throw new LayersError({
    code: 'INVALID_INPUT',
    message: `layers-react: the ${what} ${path} is ${shownAs(value)}, so nothing was sent. It takes ${allowed}.`,
    details: { path, value },
  });
}

function shownAs(value: unknown): string {
  try {
    return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  } catch {
    return `a ${typeof value}`;
  }
}

const API_KEY = /(^|[^A-Za-z0-9])lp_[A-Za-z0-9]/;

/** Throws `API_KEY_IN_BROWSER` if a Layers API key is used in a browser, where everything is public: a key gives access to a whole organisation. */
export function refuseApiKeyInBrowser(where: string, values: string[]): void {
  if (typeof document === 'undefined' || !values.some((value) => API_KEY.test(value))) return;
  throw new LayersError({
    code: 'API_KEY_IN_BROWSER',
    message: `layers-react: ${where} carries what looks like a Layers API key (lp_…). Everyone who opens this page could read it and spend your organisation's credits. Keep the key on your server: mount createLayersServer() from 'layers-react/server' there and pass its address as baseUrl.`,
    details: { where },
  });
}
