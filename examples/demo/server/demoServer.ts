import type { Plugin } from 'vite';
import { createLayersServer, toNodeHandler } from '../../../src/server.js';
import { createSimulator } from '../../../src/testing.js';
import { createDemoApi } from './demoApi.js';
import { drawLibrary, generation } from './library.js';
import { passMedia } from './passMedia.js';
import { seed } from './seed.js';

/** The demo's whole back end inside Vite's dev server: a simulated Layers API, the server part in front of it, and what a partner adds to it. */
export function demoServer(): Plugin {
  return {
    name: 'layers-demo',
    apply: 'serve',
    async configureServer(server) {
      const { config, httpServer, middlewares } = server;
      const origin = `http://localhost:${config.server.port}`;
      const apiKey = `lp_test_${crypto.randomUUID().replaceAll('-', '')}`;
      const library = await drawLibrary(Date.now());
      const simulator = createSimulator({
        seed,
        apiKeys: [{ key: apiKey, tier: 'standard' }],
        containers: library,
        generation,
        mediaBaseUrl: `${origin}/media/`,
      });
      const api = await simulator.listen(0);
      httpServer?.once('close', () => api.close().catch(() => {}));
      if (process.env['npm_lifecycle_event'] === 'start') endWithParent(() => server.close());

      const projectId = simulator.projectIds[0] ?? '';
      const layers = createLayersServer({
        apiKey,
        baseUrl: api.url,
        // The demo has one user, who owns the one project. A product looks up who owns `containerId`.
        authorize: (_, target) => target.projectId === undefined || target.projectId === projectId,
      });
      middlewares.use('/api/layers', toNodeHandler(layers));
      middlewares.use('/api/demo', toNodeHandler(createDemoApi({ apiUrl: api.url, apiKey, projectId, made: library.length })));
      middlewares.use('/media', passMedia(api.port));
      server.printUrls = () => config.logger.info(`\n  Fernway, a partner's dashboard on a simulated Layers API: ${origin}/\n`);
    },
  };
}

/** Ends this process when its parent has gone: whoever ends `npm start` ends npm and its shell, and the shell does not pass it on. */
function endWithParent(close: () => Promise<void>): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    void close().finally(() => process.exit());
  }, 500);
  watch.unref();
}
