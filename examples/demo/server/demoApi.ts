import { Hono } from 'hono';
import type { LayersServer } from '../../../src/server.js';
import { fittingWords } from './words.js';

interface DemoApiOptions {
  apiUrl: string;
  apiKey: string;
  projectId: string;
  /** How many containers there are already. */
  made: number;
}

/** What the partner's own server does beside the proxy: it tells the page whose project it shows, and starts generations with the key. */
export function createDemoApi({ apiUrl, apiKey, projectId, made }: DemoApiOptions): LayersServer {
  const app = new Hono().basePath('/api/demo');
  let count = made;

  app.get('/session', (context) => context.json({ projectId }));

  app.post('/generate', async (context) => {
    // A page of another site can send a form here, but no JSON.
    if (!/^application\/json\b/.test(context.req.header('content-type') ?? '')) return context.json({ error: 'Send JSON.' }, 415);
    const input: { format?: unknown } = await context.req.json().catch(() => ({}));
    const format = input?.format === 'slideshow-builder' ? 'slideshow-builder' : 'ugc-remix';
    const { hook } = await fittingWords(count, { format });
    const response = await fetch(`${apiUrl}/v1/projects/${projectId}/content/${format}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify({ hook, socialAccountId: 'acc_fernway' }),
    });
    if (!response.ok) return context.json({ error: 'It could not be started.' }, response.status === 429 ? 429 : 502);
    count += 1;
    const { containerIds }: { containerIds: string[] } = await response.json();
    return context.json({ containerId: containerIds[0] }, 202);
  });

  return { fetch: async (request) => app.fetch(request) };
}
