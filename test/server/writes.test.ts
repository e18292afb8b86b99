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

  test.each([
    ['its own page', { origin: 'https://partner.example' }, 404],
    ['its own page, through a proxy that keeps the host', { origin: 'https://app.example', host: 'app.example' }, 404],
    ['its own page, through a proxy that names the host', { origin: 'https://app.example', 'x-forwarded-host': 'app.example, inner' }, 404],
    ['its own page, with the port spelled out', { origin: 'https://app.example', 'x-forwarded-host': 'app.example:443' }, 404],
    ['no page at all', {}, 404],
    ['another page', { origin: 'https://evil.example' }, 403],
    ['another port', { origin: 'https://partner.example:8443' }, 403],
    ['a sandboxed frame', { origin: 'null' }, 403],
    ['something odd', { origin: 'partner.example' }, 403],
  ])('that names no Sec-Fetch-Site and comes from %s is answered by its Origin', async (_, headers, status) => {
    const { post, sent } = setup();
    expect((await post(approve, '{}', headers as Record<string, string>)).status).toBe(status);
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

  test('whose body breaks off is refused', async () => {
    const { server, sent } = setup();
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('lost')) });
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', headers: json, body, duplex: 'half' };
    expect((await server.fetch(new Request(`https://partner.example${approve}`, init))).status).toBe(400);
    expect(sent).toEqual([]);
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

describe('an Idempotency-Key', () => {
  const viewer = (request: Request) => request.headers.get('x-user') ?? '';
  const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

  async function keysOf(options: Parameters<typeof setup>[0], requests: [path: string, headers: Record<string, string>][]) {
    const { post, sent } = setup(options);
    for (const [path, headers] of requests) await post(path, '{}', headers);
    return sent.map(({ headers }) => headers.get('idempotency-key'));
  }

  test('goes up bound to its viewer and what it is about: the same for the same, another for any other', async () => {
    const key = { 'idempotency-key': 'k1' };
    const keys = await keysOf({ viewer }, [
      [approve, { ...key, 'x-user': 'ann' }],
      [approve, { ...key, 'x-user': 'ann' }],
      [approve, { ...key, 'x-user': 'bob' }],
      ['/v1/content/c2/approve', { ...key, 'x-user': 'ann' }],
      [approve, { 'idempotency-key': 'k2', 'x-user': 'ann' }],
    ]);
    expect(keys[1]).toBe(keys[0]);
    expect(new Set(keys).size).toBe(4);
    for (const each of keys) expect(each).toMatch(UUID);
  });

  test('is bound to what it is about without a viewer, too', async () => {
    const key = { 'idempotency-key': 'k1' };
    const path = '/v1/projects/p2/content/ugc-remix';
    const keys = await keysOf({}, [
      ['/v1/projects/p1/content/ugc-remix', key],
      [path, key],
      [path, key],
    ]);
    expect([keys[2] === keys[1], new Set(keys).size]).toEqual([true, 2]);
  });

  test('of any length goes up as a UUID, and none goes up where there is none', async () => {
    const keys = await keysOf({ viewer: () => 'ann' }, [
      [approve, { 'idempotency-key': 'k'.repeat(12_000) }],
      [approve, {}],
    ]);
    expect(keys).toEqual([expect.stringMatching(UUID), null]);
  });

  test.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('no session');
      },
    ],
    ['names nobody', () => ''],
    ['returns no string', () => 7],
  ])('goes nowhere when viewer %s: 500, and the operator learns why', async (_, broken) => {
    const { post, sent, reported } = setup({ viewer: broken as () => string });
    const response = await post(approve, '{}', { 'idempotency-key': 'k1' });
    expect([response.status, (await errorOf(response)).code, sent]).toEqual([500, 'AUTHORIZATION_FAILED', []]);
    expect(reported.map(({ message }) => message)).toEqual(['layers-react: viewer threw, so the request was answered 500.']);
  });
});
