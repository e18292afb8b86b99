import { afterEach, describe, expect, test, vi } from 'vitest';
import { apiKeyPattern } from '../../src/server/apiKey.js';
import { apiKey, errorOf, setup } from './support.js';

afterEach(() => {
  vi.useRealTimers();
});

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

  test.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('vault sealed');
      },
    ],
    ['rejects', () => Promise.reject(new Error('vault sealed'))],
    ['returns nothing', () => undefined],
    ['returns an empty string', () => ''],
    ['returns a key with a line break', async () => 'lp_live_1\n'],
    ['returns an object', () => ({ key: apiKey })],
  ])('that %s is 500, the operator learns why, and nothing goes up', async (_, key) => {
    const { get, sent, reported } = setup({ apiKey: key as () => string });
    const response = await get('/v1/content/c1');
    expect([response.status, await errorOf(response)]).toEqual([500, expect.objectContaining({ code: 'API_KEY_UNAVAILABLE' })]);
    expect(reported).toEqual([expect.objectContaining({ code: 'API_KEY_UNAVAILABLE', cause: expect.any(Error) })]);
    expect(reported.map(({ message, cause }) => `${message} ${String(cause)}`).join()).not.toContain('lp_live');
    expect(sent).toEqual([]);
  });

  test('that hangs is 500 at the time limit', async () => {
    vi.useFakeTimers();
    const { get, reported } = setup({ apiKey: () => new Promise<string>(() => {}), timeoutMs: 2000 });
    const pending = get('/v1/content/c1');
    await vi.advanceTimersByTimeAsync(2000);
    expect((await pending).status).toBe(500);
    expect(reported.map(({ message }) => message)).toEqual([
      'layers-react: apiKey did not answer within 2000 ms (timeoutMs), so the request was answered 500.',
    ]);
  });
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
