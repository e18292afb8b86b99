import { describe, expect, test } from 'vitest';
import { errorOf, json, setup } from './support.js';

const approve = '/v1/content/c1/approve';

describe('a write', () => {
  test.each([
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data; boundary=x', 415],
    ['application/json-seq', 415],
    ['application/JSON; charset=utf-8', 404],
  ])('as %s is answered %i', async (type, status) => {
    const { post, asked } = setup();
    const response = await post(approve, '{}', { 'content-type': type });
    expect(response.status).toBe(status);
    expect(asked).toHaveLength(status === 415 ? 0 : 1);
  });

  test('without a type is refused', async () => {
    const { get, sent } = setup();
    const response = await get(approve, { method: 'POST' });
    expect([response.status, (await errorOf(response)).code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    expect(sent).toEqual([]);
  });

  test.each([
    ['cross-site', 403],
    ['Cross-Site', 403],
    ['anything', 403],
    ['same-origin', 404],
    ['same-site', 404],
    ['none', 404],
  ])('that a browser sends from %s is answered %i', async (site, status) => {
    const { post, sent } = setup();
    const response = await post(approve, '{}', { 'sec-fetch-site': site });
    const code = status === 403 ? 'CROSS_SITE_REQUEST' : 'NOT_FOUND';
    expect([response.status, (await errorOf(response)).code]).toEqual([status, code]);
    expect(sent).toHaveLength(status === 403 ? 0 : 1);
  });

  test('from another site may not even ask first', async () => {
    const { get } = setup();
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
    const response = await get(approve, { method: 'OPTIONS', headers });
    expect(response.status).toBe(405);
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });

  test.each(['{', 'approved=1', '{"note":"a"} x', '\u0000'])('with a body that is no JSON is refused: %j', async (body) => {
    const { post, sent } = setup();
    const response = await post(approve, body);
    expect([response.status, (await errorOf(response)).code]).toEqual([400, 'VALIDATION']);
    expect(sent).toEqual([]);
  });

  test('with bytes that are no text is refused', async () => {
    const { post, sent } = setup();
    expect((await post(approve, new Uint8Array([0x22, 0xff, 0x22]))).status).toBe(400);
    expect(sent).toEqual([]);
  });

  test('may be without a body', async () => {
    const { simulator, post, sent } = setup();
    const id = simulator.addContainer({ state: 'completed' });
    expect((await post(`/v1/content/${id}/approve`, null)).status).toBe(200);
    expect(sent[0]?.init.body).toBeUndefined();
  });

  test('of 64 kB goes up, of one byte more does not', async () => {
    const { post, sent } = setup();
    const note = (bytes: number) => JSON.stringify({ note: 'a'.repeat(bytes - '{"note":""}'.length) });
    expect((await post(approve, note(65_536))).status).toBe(404);
    const response = await post(approve, note(65_537));
    expect([response.status, (await errorOf(response)).code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    expect(sent).toHaveLength(1);
  });

  test('that goes on and on is cut off at the limit, and counted in bytes', async () => {
    const { server, sent } = setup();
    let pulls = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulls += 1;
        controller.enqueue(new TextEncoder().encode('é'.repeat(4096)));
      },
    });
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', headers: json, body, duplex: 'half' };
    expect((await server.fetch(new Request(`https://partner.example${approve}`, init))).status).toBe(413);
    expect(pulls).toBeLessThan(15);
    expect(sent).toEqual([]);
  });

  test('keeps its words, whatever they are', async () => {
    const { simulator, post } = setup();
    const id = simulator.addContainer({ state: 'completed' });
    const reason = 'Zu dunkel 🌚\n"так" \\ \u2028 لا';
    const response = await post(`/v1/content/${id}/reject`, JSON.stringify({ reason }));
    expect(await response.json()).toMatchObject({ reason });
  });

  test('sent twice with one idempotency key is done once', async () => {
    const { simulator, post } = setup();
    const id = simulator.addContainer({ state: 'completed' });
    const send = async () => (await post(`/v1/content/${id}/approve`, '{}', { 'idempotency-key': 'k1' })).status;
    expect([await send(), await send()]).toEqual([200, 200]);
    expect((await post(`/v1/content/${id}/approve`)).status).toBe(409);
  });
});
