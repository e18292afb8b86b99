import type { Plugin } from 'vite';

/** Lets frames without an origin load the modules of the test server, as they would those of a page's own server that allows it. */
export const opaqueFrames = (): Plugin => ({
  name: 'opaque-frames',
  configureServer({ middlewares }) {
    middlewares.use((request, response, next) => {
      if (request.headers.origin === 'null') response.setHeader('Access-Control-Allow-Origin', '*');
      next();
    });
  },
});
