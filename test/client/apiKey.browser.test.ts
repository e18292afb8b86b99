import { describe, expect, test, vi } from 'vitest';
import { createLayersClient } from '../../src/core.js';

const refused = expect.objectContaining({ code: 'API_KEY_IN_BROWSER', message: expect.stringContaining('createLayersServer()') });

describe('an API key in a browser', () => {
  test('in the base URL throws, and says what to do', () => {
    expect(() => createLayersClient({ baseUrl: 'https://api.layers.invalid?key=lp_live_abc123' })).toThrow(refused);
  });

  test('in a header throws', () => {
    expect(() => createLayersClient({ baseUrl: '/api', headers: { Authorization: 'Bearer lp_test_abc123' } })).toThrow(refused);
    expect(() => createLayersClient({ baseUrl: '/api', headers: { 'X-Api-Key': 'lp_abc123' } })).toThrow(refused);
  });

  test('in a header made for each request rejects before anything is sent', async () => {
    const fetch = vi.fn();
    const client = createLayersClient({ baseUrl: '/api', fetch, headers: () => ({ authorization: 'Bearer lp_live_abc123' }) });
    await expect(client.getContainer('cnt_1')).rejects.toEqual(refused);
    expect(fetch).not.toHaveBeenCalled();
  });

  test('a session token and a path that only look alike pass', async () => {
    const client = createLayersClient({
      baseUrl: '/help_center/api',
      headers: { authorization: 'Bearer alp_42' },
      fetch: async () => Response.json({ id: 'cnt_1', status: 'queued' }),
    });
    expect((await client.getContainer('cnt_1')).id).toBe('cnt_1');
  });
});
