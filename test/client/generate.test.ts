import { describe, expect, test, vi } from 'vitest';
import { createLayersClient, fieldErrorsOf, type GenerateInput } from '../../src/core.js';

const accepted = { jobId: 'job_1', kind: 'content_generate', status: 'running', containerIds: ['cnt_1'] };

function setup(edition: 'current' | 'legacy' = 'current', body: object = accepted, headers: Record<string, string> = {}) {
  const fetch = vi.fn(async (_url: string, _init: RequestInit) => Response.json(body, { status: 202, headers }));
  const client = createLayersClient({ baseUrl: 'https://layers.invalid', edition, fetch });
  return { client, sent: () => fetch.mock.calls.map(([url, init]) => [new URL(url).pathname, JSON.parse(init.body as string)]) };
}

async function fieldsOf(input: unknown, edition: 'current' | 'legacy' = 'current'): Promise<string[]> {
  const { client, sent } = setup(edition);
  const error = await client.generate('prj_1', input as GenerateInput).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(sent()).toHaveLength(error === null ? 1 : 0);
  return fieldErrorsOf(error).map(({ field, problem }) => `${field} ${problem}`);
}

describe('an input is checked before it is sent', () => {
  test.each<[unknown, string[]]>([
    [undefined, ['format required']],
    [{}, ['format required']],
    [{ format: '../jobs' }, ['format invalid']],
    [{ format: 7, hook: 8 }, ['format invalid', 'hook invalid']],
    [{ format: 'slideshow-builder' }, ['hook required']],
    [{ format: 'slideshow_builder', hook: '' }, ['hook required']],
    [{ format: 'slideshow-builder', hook: 'x'.repeat(2_000) }, []],
    [{ format: 'slideshow-builder', hook: 'x'.repeat(2_001) }, ['hook too_long']],
    [{ format: 'ugc-remix' }, ['influencerId one_of']],
    [{ format: 'ugc-remix', influencerId: '', socialAccountId: '' }, ['influencerId one_of']],
    [{ format: 'ugc-remix', socialAccountId: 'sac_1' }, []],
    [{ format: 'video-remix', influencerId: 'inf_1' }, ['tiktokVideoId required']],
    [{ format: 'slideshow-remix', tiktokVideoId: '1' }, ['influencerId one_of']],
    [{ format: 'ugc-remix', influencerId: 'inf_1', brief: {}, variantCount: 2 }, ['brief not_supported', 'variantCount not_supported']],
    [{ format: 'of-tomorrow' }, []],
  ])('%j in the current edition: %j', async (input, fields) => {
    expect(await fieldsOf(input)).toEqual(fields);
  });

  test.each<[unknown, string[]]>([
    [{ format: 'auto' }, []],
    [{ format: 'ugc-remix' }, []],
    [{ format: 'auto', brief: 'words' }, ['brief invalid']],
    [{ format: 'auto', variantCount: 0 }, ['variantCount out_of_range']],
    [{ format: 'auto', variantCount: 6 }, ['variantCount out_of_range']],
    [{ format: 'auto', variantCount: 1.5 }, ['variantCount out_of_range']],
    [{ format: 'auto', hook: 'x'.repeat(2_001) }, ['hook too_long']],
    [{ format: 'video-remix', tiktokVideoId: '1' }, ['tiktokVideoId not_supported']],
  ])('%j in the old edition: %j', async (input, fields) => {
    expect(await fieldsOf(input, 'legacy')).toEqual(fields);
  });

  test('line breaks and emoji go up as they are', async () => {
    const { client, sent } = setup();
    const hook = ' wait for it...\nthis 🧠 ';
    await client.generate('prj_1', { format: 'slideshow-builder', hook });
    expect(sent()).toEqual([['/v1/projects/prj_1/content/slideshow-builder', { hook }]]);
  });

  test('an error says what every field takes', async () => {
    const { client } = setup();
    await expect(client.generate('prj_1', { format: 'video-remix' } as GenerateInput)).rejects.toThrow(
      'so nothing was started. tiktokVideoId: It takes a text that is not blank. influencerId: It takes an influencerId or a socialAccountId.',
    );
  });

  test.each([[{ patch: [] }], [{ preserveAssets: 'yes' }]])('a regeneration with %j is refused', async (input) => {
    const { client, sent } = setup();
    await expect(client.regenerate('cnt_1', input as never)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(sent()).toEqual([]);
  });
});

describe('a replay is told as one', () => {
  test.each<[object, Record<string, string>, boolean]>([
    [{}, {}, false],
    [{}, { 'idempotent-replayed': 'true' }, true],
    [{}, { 'Idempotency-Replayed': 'TRUE' }, true],
    [{}, { 'idempotent-replayed': 'false' }, false],
    [{ replayOf: 'req_1' }, {}, true],
    [{ data: { replayOf: 'req_1' } }, {}, true],
    [{ replayOf: null, data: { replayOf: '' } }, {}, false],
  ])('%j with %j: %s', async (part, headers, isReplay) => {
    const { client } = setup('current', { ...accepted, ...part }, headers);
    expect((await client.generate('prj_1', { format: 'slideshow-builder', hook: 'Hi' })).isReplay).toBe(isReplay);
  });

  test('an accepted answer that cannot be read keeps its request id', async () => {
    const { client } = setup('current', { status: 'running' }, { 'x-request-id': 'req_7' });
    await expect(client.generate('prj_1', { format: 'slideshow-builder', hook: 'Hi' })).rejects.toMatchObject({
      code: 'INVALID_RESPONSE',
      requestId: 'req_7',
    });
  });
});
