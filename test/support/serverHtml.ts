import type { DehydratedState } from '@tanstack/react-query';
import { renderToString } from 'react-dom/server';
import { createServer, type ViteDevServer } from 'vite';
import type { BrowserCommand } from 'vitest/node';
import type { HydratedState } from './hydratedPages.js';

/** What a server sends: its HTML, and the data that it was made from. */
export interface ServerPage {
  html: string;
  data: DehydratedState;
}

let server: Promise<ViteDevServer> | undefined;
/** Loads modules as Node does: that of the browser tests would have them for a browser. */
const loader = () =>
  (server ??= createServer({
    configFile: false,
    appType: 'custom',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  }));

/** A command of the browser tests: has Node make a page, as a server does that knows no window. */
export const serverHtml: BrowserCommand<[state: HydratedState]> = async (_context, state): Promise<ServerPage> => {
  const pages = (await (await loader()).ssrLoadModule('/test/support/hydratedPages.tsx')) as typeof import('./hydratedPages.js');
  const data = await pages.prefetched(state);
  return { html: renderToString(pages.hydratedPage(data)), data };
};
