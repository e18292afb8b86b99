import { expect, test } from 'vitest';
import { verifyWebhook } from '../../../src/server/webhooks/verifyWebhook.js';

// Where there is nothing of Node: what works here works on Workers, Deno and Bun.
test('verifies with the Web platform alone', async () => {
  const body = '{"id":"evt_01HX9Y7K8M2P4RSTUVWXYZ56AB","type":"test.ping","data":{}}';
  const signature = 't=1766000000,v1=919dc7bb8ac5bab929b79794dce2aa487a001d68d0dab454c7fee333f369f7c3';
  const request = new Request('https://partner.example/webhooks', { method: 'POST', body, headers: { 'x-layers-signature': signature } });
  const options = { secret: 'whsec_test_secret', now: () => 1_766_000_000_000 };
  expect((await verifyWebhook(await request.arrayBuffer(), request.headers, options)).rawType).toBe('test.ping');
  await expect(verifyWebhook(`${body} `, request.headers, options)).rejects.toMatchObject({
    code: 'WEBHOOK_SIGNATURE_MISMATCH',
    status: 400,
  });
});
