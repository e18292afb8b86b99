import { afterEach, describe, expect, test, vi } from 'vitest';
import { apiKeyPattern } from '../../src/server/apiKey.js';
import { apiKey, errorOf, setup } from './support.js';

afterEach(() => {
  vi.useRealTimers();
});

const THREW = { message: expect.stringMatching(/apiKey threw/), cause: expect.any(Error) };

describe('an apiKey that is a function', () => {
  test('is asked for every request, so that a new key is used at once', async () => {
    const keys = ['lp_live_first0001', 'lp_live_second002'];
    const { get, sent } = setup({ apiKey: async () => keys.shift() ?? '' });
    await get('/v1/content/c1');
    await get('/v1/content/c2');
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer lp_live_first0001', 'Bearer lp_live_second002']);
  });

  test('is not asked for a request that is denied', async () => {
    let asked = 0;
    const { get } = setup({
      authorize: () => false,
      apiKey: () => {
        asked += 1;
        return apiKey;
      },
    });
    await get('/v1/content/c1');
    expect(asked).toBe(0);
  });

  test('is kept out of responses as well', async () => {
    const key = () => 'lp_live_rotated/1';
    const { get } = setup({ apiKey: key, fetch: async () => Response.json({ id: 'c1', caption: encodeURIComponent(key()) }) });
    expect((await get('/v1/content/c1')).status).toBe(502);
  });

  test.each<[string, () => unknown, told?: { message: unknown }]>([
    [
      'throws',
      () => {
        throw new Error('vault sealed');
      },
    ],
    ['hangs', () => new Promise<never>(() => {}), { message: expect.stringMatching(/apiKey did not answer within 1000 ms/) }],
    ['rejects', () => Promise.reject(new Error('vault sealed'))],
    ['returns nothing', () => undefined],
    ['returns an empty string', () => ''],
    ['returns a key with a line break', async () => 'lp_live_1\n'],
    ['returns an object', () => ({ key: apiKey })],
  ])(
    'that %s is a failure of the API: the last good response, else 503, and the operator learns why once',
    async (_, broken, told = THREW) => {
      vi.useFakeTimers();
      let key: () => unknown = () => apiKey;
      const { get, post, server, simulator, projectId, sent, reported } = setup({ apiKey: () => key() as string, timeoutMs: 1_000 });
      const after = async (ms: number, pending: Promise<Response>) => {
        await vi.advanceTimersByTimeAsync(ms);
        return pending;
      };
      const id = simulator.addContainer({ state: 'completed' });
      const known = [`/v1/content/${id}`, `/v1/content/${id}/progress`, `/v1/projects/${projectId}/content`];
      for (const path of known) await after(1_000, get(path));
      const sentBefore = sent.length;
      key = broken;
      await vi.advanceTimersByTimeAsync(15_000);
      for (const path of known) {
        // A list waits a little for a newer one.
        await after(3_000, get(path));
        const { status, headers } = await after(3_000, get(path));
        expect([path, status, headers.get('x-layers-failing')]).toEqual([path, 200, 'API_KEY_UNAVAILABLE']);
        expect(Number(headers.get('age'))).toBeGreaterThanOrEqual(15);
      }
      expect(server.health()).toMatchObject({ status: 'failing', reasons: [expect.stringContaining('API_KEY_UNAVAILABLE')] });
      const unknown = await after(2_000, get('/v1/content/c9'));
      expect([unknown.status, await errorOf(unknown)]).toEqual([503, expect.objectContaining({ code: 'API_KEY_UNAVAILABLE' })]);
      expect(unknown.headers.get('retry-after')).toBe('5');
      const write = await after(2_000, post(`/v1/content/${id}/approve`));
      expect([write.status, (await errorOf(write)).message]).toEqual([503, expect.stringContaining('Nothing was changed')]);
      expect(sent).toHaveLength(sentBefore);
      expect(reported).toEqual([expect.objectContaining({ code: 'API_KEY_UNAVAILABLE', status: 503, ...told })]);
      expect(reported.map(({ message, cause }) => `${message} ${String(cause)}`).join()).not.toContain('lp_live');
      key = () => apiKey;
      await vi.advanceTimersByTimeAsync(5_000);
      await vi.waitFor(async () => expect((await get(`/v1/content/${id}`)).headers.get('x-layers-failing')).toBeNull());
      expect(server.health().status).toBe('ok');
    },
  );
});

describe('the key is found', () => {
  const percent = (text: string, times = 1): string =>
    times === 0
      ? text
      : percent(
          encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase()),
          times - 1,
        );
  const everyLetter = (prefix: string, upper: boolean) =>
    apiKey.replace(/[^]/g, (letter) => {
      const hex = letter.charCodeAt(0).toString(16).padStart(2, '0');
      return prefix + (upper ? hex.toUpperCase() : hex);
    });

  test.each([
    ['as it is', apiKey],
    ['in capitals', apiKey.toUpperCase()],
    ['percent-encoded', encodeURIComponent(apiKey)],
    ['percent-encoded in lower case', percent(apiKey)],
    ['percent-encoded twice', percent(apiKey, 2)],
    ['percent-encoded five times', percent(apiKey, 5)],
    ['percent-encoded letter by letter', everyLetter('%', true)],
    ['percent-encoded letter by letter, in lower case', everyLetter('%', false)],
    ['as JSON', JSON.stringify({ apiKey })],
    ['as JSON in JSON', JSON.stringify(JSON.stringify({ apiKey }))],
    ['in JSON escapes', everyLetter('\\u00', true)],
    ['in JSON escapes inside JSON', JSON.stringify(everyLetter('\\u00', false))],
    ['percent-encoded with escaped percent signs', percent(apiKey).replaceAll('%', '\\u0025')],
  ])('%s', (_, text) => {
    expect(`before ${text} after`.search(apiKeyPattern(apiKey))).toBeGreaterThan(0);
  });

  test('with quotes and backslashes in it', () => {
    const key = 'lp_a"b\\c/d%41$';
    for (const text of [key, JSON.stringify(key), JSON.stringify(JSON.stringify(key)), encodeURIComponent(key), percent(key, 2)])
      expect([text, text.search(apiKeyPattern(key)) >= 0]).toEqual([text, true]);
  });

  test('in nothing else', () => {
    for (const text of [
      '',
      'lp_live_',
      apiKey.slice(0, -1),
      apiKey.slice(1),
      `${apiKey.slice(0, 8)} ${apiKey.slice(8)}`,
      apiKey.replace('+', ' '),
    ])
      expect([text, text.search(apiKeyPattern(apiKey))]).toEqual([text, -1]);
    expect('k'.search(apiKeyPattern('k'))).toBe(-1);
  });

  // Each of these begins a spelling again and again: time that grows with the square of the text would take days.
  test.each(['\\', '%25', 'l', 'lp_live_', '%', '\\u006c', 'lp_live_c2VjcmV0+of/the=hous'])('in no 8 MB made of %s', (piece) => {
    expect(piece.repeat(8_000_000 / piece.length).search(apiKeyPattern(apiKey))).toBe(-1);
  });
});
