import { describe, expect, test } from 'vitest';
import { createLayersClient, layersKeys, type LayersClientOptions, type OtherFormat } from '../../src/core.js';

function recorded(edition: LayersClientOptions['edition']) {
  const urls: string[] = [];
  const client = createLayersClient({
    baseUrl: 'https://layers.invalid',
    edition,
    fetch: async (url) => {
      urls.push(url);
      return Response.json({ items: [], nextCursor: null });
    },
  });
  return { client, urls };
}

describe('filters in the spelling of either edition', () => {
  test.each([
    ['current', 'status=queued&status=processing&status=canceled&format=ugc-remix'],
    ['legacy', 'status=queued&status=generating&status=canceled&format=ugc_remix'],
  ] as const)('are sent in that of the client: %s', async (edition, query) => {
    const { client, urls } = recorded(edition);
    await client.listContainers('prj_1', { status: ['queued', 'generating', 'cancelled'], format: 'ugc_remix' });
    await client.listContainers('prj_1', { status: ['queued', 'processing', 'canceled'], format: 'ugc-remix' });
    expect(urls.map((url) => new URL(url).search)).toEqual([`?${query}`, `?${query}`]);
    expect(layersKeys.list(client, 'prj_1', { status: 'generating', format: 'ugc_remix' })).toEqual(
      layersKeys.list(client, 'prj_1', { status: 'processing', format: 'ugc-remix' }),
    );
  });

  test('a word of no edition is refused by its name', async () => {
    const { client } = recorded('current');
    await expect(client.listContainers('prj_1', { status: 'done' as never })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { path: 'status', value: 'done' },
    });
  });

  test("format: 'auto' is refused in the current edition, which has no route for it, before anything is sent", async () => {
    const { client, urls } = recorded('current');
    const refused = client.generate('prj_1', { format: 'auto' as OtherFormat, hook: 'Hi' });
    await expect(refused).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining("'auto' is the legacy edition's"),
      details: { issues: [{ path: ['format'], code: 'not_supported' }] },
    });
    expect(urls).toEqual([]);
  });
});
