import { LayersError } from '../model/errors.js';

const API_KEY = /(^|[^A-Za-z0-9])lp_[A-Za-z0-9]/;

const inBrowser = () => typeof window !== 'undefined' && typeof window.document !== 'undefined';

/**
 * Throws if a Layers API key is used in a browser: a key gives access to a whole organisation, and everything in a browser is public. Does nothing on a
 * server.
 *
 * @throws LayersError `API_KEY_IN_BROWSER`
 */
export function refuseApiKeyInBrowser(where: string, values: Iterable<string>): void {
  if (!inBrowser()) return;
  for (const value of values)
    if (API_KEY.test(value))
      throw new LayersError({
        code: 'API_KEY_IN_BROWSER',
        message: `layers-react: ${where} carries what looks like a Layers API key (lp_…). Everyone who opens this page could read it and spend your organisation's credits. Keep the key on your server: mount createLayersServer() from 'layers-react/server' there and pass its address as baseUrl.`,
        details: { where },
      });
}
