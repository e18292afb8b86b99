import type { Plugin } from 'vite';
import { createLayersServer, toNodeHandler } from '../../../src/server.js';
import { createSimulator } from '../../../src/testing.js';
import { projectId } from '../project.js';
import { atStart, generation } from './generation.js';
import { passMedia } from './passMedia.js';

/** How often a colleague, who is not there, makes something too. */
const COLLEAGUE_MS = 20_000;

/** The demo's whole back end inside Vite's dev server: a simulated Layers API, and the server part in front of it, as a partner has it. */
export function demoServer(): Plugin {
  return {
    name: 'layers-demo',
    apply: 'serve',
    async configureServer(server) {
      const { config, httpServer, middlewares } = server;
      const origin = `http://localhost:${config.server.port}`;
      const apiKey = `lp_test_${crypto.randomUUID().replaceAll('-', '')}`;
      const webhookSecret = `whsec_${crypto.randomUUID()}`;
      const simulator = createSimulator({
        seed: 871,
        apiKeys: [{ key: apiKey, tier: 'standard' }],
        projectIds: [projectId],
        containers: 4000,
        generation,
        mediaBaseUrl: `${origin}/media/`,
        webhooks: { url: `${origin}/api/layers/v1/webhooks`, secret: webhookSecret, fetch: (request) => layers.fetch(request) },
      });
      for (const input of atStart) simulator.addContainer(input);
      const api = await simulator.listen(0);
      const colleague = setInterval(() => simulator.addContainer(), COLLEAGUE_MS).unref();
      httpServer?.once('close', () => {
        clearInterval(colleague);
        layers.close();
        api.close().catch(() => {});
      });
      if (process.env['npm_lifecycle_event'] === 'start') endWithParent(() => server.close());

      const layers = createLayersServer({
        apiKey,
        baseUrl: api.url,
        webhookSecret,
        // The demo has one user, who owns the one project. A product looks up who owns `containerId`.
        authorize: (_, target) => target.projectId === undefined || target.projectId === projectId,
      });
      middlewares.use('/api/layers', toNodeHandler(layers));
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
