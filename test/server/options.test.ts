import { describe, expect, test } from 'vitest';
import { isLayersError } from '../../src/core.js';
import { createLayersServer, type LayersServerOptions } from '../../src/server.js';
import { apiKey } from './support.js';

const usable: LayersServerOptions = { apiKey, authorize: () => true };

function refusal(options: Record<string, unknown>) {
  try {
    createLayersServer(options as unknown as LayersServerOptions);
  } catch (error) {
    if (isLayersError(error)) return error;
  }
  throw new Error('It was not refused.');
}

describe('options', () => {
  test.each<[string, Record<string, unknown>]>([
    ['apiKey', { ...usable, apiKey: undefined }],
    ['apiKey', { ...usable, apiKey: '' }],
    ['apiKey', { ...usable, apiKey: 'lp_live_1\n' }],
    ['apiKey', { ...usable, apiKey: 5 }],
    ['authorize', { ...usable, authorize: undefined }],
    ['authorize', { ...usable, authorize: true }],
    ['baseUrl', { ...usable, baseUrl: '/api' }],
    ['baseUrl', { ...usable, baseUrl: 'ftp://api.layers.com' }],
    ['baseUrl', { ...usable, baseUrl: 'https://user:pw@api.layers.com' }],
    ['baseUrl', { ...usable, baseUrl: 'https://api.layers.com?key=1' }],
    ['fetch', { ...usable, fetch: 'fetch' }],
    ['timeoutMs', { ...usable, timeoutMs: 0 }],
    ['timeoutMs', { ...usable, timeoutMs: Number.NaN }],
    ['timeoutMs', { ...usable, timeoutMs: '10' }],
    ['timeoutMs', { ...usable, timeoutMs: 2 ** 31 }],
    ['maxResponseBytes', { ...usable, maxResponseBytes: 0 }],
    ['maxResponseBytes', { ...usable, maxResponseBytes: Number.POSITIVE_INFINITY }],
    ['viewer', { ...usable, viewer: 'me' }],
    ['onError', { ...usable, onError: null }],
  ])('a %s that cannot be used throws at creation, with advice and without the key', (path, options) => {
    const error = refusal(options);
    expect([error.code, error.details]).toEqual(['INVALID_INPUT', { path }]);
    expect(error.message).toMatch(new RegExp(`^layers-react: createLayersServer\\(\\) .*${path}`));
    expect(error.message).not.toContain('lp_live_');
  });

  test('no options at all are told what is missing', () => {
    expect(() => (createLayersServer as (options?: unknown) => unknown)()).toThrow('needs apiKey');
  });

  test.each(['https://api.invalid', 'https://api.invalid/', 'https://api.invalid/v1', 'https://api.invalid/v1/'])(
    'baseUrl %s',
    async (baseUrl) => {
      const urls: string[] = [];
      const fetch = async (url: string) => {
        urls.push(url);
        return Response.json({});
      };
      await createLayersServer({ ...usable, baseUrl, fetch }).fetch(new Request('https://partner.example/v1/content/cnt_1'));
      expect(urls).toEqual(['https://api.invalid/v1/content/cnt_1']);
    },
  );

  test('without a baseUrl it asks the API itself, and a gateway may have a path', async () => {
    const urls: string[] = [];
    const fetch = async (url: string) => {
      urls.push(url);
      return Response.json({});
    };
    const request = () => new Request('https://partner.example/v1/jobs/job_1');
    await createLayersServer({ ...usable, fetch }).fetch(request());
    await createLayersServer({ ...usable, fetch, baseUrl: 'https://gateway.invalid/layers/' }).fetch(request());
    expect(urls).toEqual(['https://api.layers.com/v1/jobs/job_1', 'https://gateway.invalid/layers/v1/jobs/job_1']);
  });
});
