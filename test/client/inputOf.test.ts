import { describe, expect, test } from 'vitest';
import { createLayersClient, inputOf, parseContainer } from '../../src/core.js';

const container = (body: object) => parseContainer({ id: 'cnt_1', ...body });

async function sent(input: NonNullable<ReturnType<typeof inputOf>>, edition: 'current' | 'legacy') {
  const bodies: { path: string; body: unknown }[] = [];
  const client = createLayersClient({
    baseUrl: 'https://layers.invalid',
    edition,
    fetch: async (url, { body }) => {
      bodies.push({ path: new URL(url).pathname, body: JSON.parse(body as string) });
      return Response.json({ jobId: 'job_1', status: 'running' }, { status: 202 });
    },
  });
  await client.generate('prj_1', input);
  return bodies[0];
}

describe('the input that a container was generated from', () => {
  test.each([
    [
      { format: 'slideshow-builder', hook: 'Wait\n👀' },
      { format: 'slideshow-builder', hook: 'Wait\n👀' },
    ],
    [
      { format: 'ugc-remix', hook: 'Hi', influencerId: 'inf_1', mediaId: 'med_1' },
      { format: 'ugc-remix', hook: 'Hi', influencerId: 'inf_1', mediaId: 'med_1' },
    ],
    [
      { format: 'video-remix', influencerId: 'inf_1', sourceTiktokId: '73' },
      { format: 'video-remix', influencerId: 'inf_1', tiktokVideoId: '73' },
    ],
    [
      { format: 'podcast-clip', hook: 'Hi', mediaId: 'med_1' },
      { format: 'podcast-clip', hook: 'Hi', mediaId: 'med_1' },
    ],
  ])('has the fields of its route: %j', async (body, expected) => {
    const input = inputOf(container(body));
    expect(input).toEqual(expected);
    const { format, ...fields } = expected;
    expect(await sent(input as never, 'current')).toEqual({ path: `/v1/projects/prj_1/content/${format}`, body: fields });
  });

  test('of the old edition has its brief', async () => {
    const input = inputOf(container({ format: 'video_remix', brief: { topic: 'Running', hook: 'Go', cta: 'Try' } }));
    expect(input).toEqual({ format: 'video_remix', hook: 'Go', brief: { topic: 'Running', hook: 'Go', cta: 'Try' } });
    const body = { format: 'video_remix', brief: { topic: 'Running', hook: 'Go', cta: 'Try' } };
    expect(await sent(input as never, 'legacy')).toEqual({ path: '/v1/projects/prj_1/content', body });
  });

  test('can be asked for in the other edition', () => {
    const body = { format: 'ugc_remix', brief: { hook: 'Go' }, influencerId: 'inf_1' };
    expect(inputOf(container(body), 'current')).toEqual({ format: 'ugc-remix', hook: 'Go', influencerId: 'inf_1' });
  });

  test('has empty fields for what is not echoed, so that a form asks for it and nothing is started', async () => {
    const input = inputOf(container({ format: 'video-remix' }));
    expect(input).toEqual({ format: 'video-remix', influencerId: '', tiktokVideoId: '' });
    await expect(sent(input as never, 'current')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  test('is none for uploads, and for a format without a route', () => {
    expect(inputOf(container({ format: null, creativeType: 'uploaded' }))).toBeNull();
    expect(inputOf(container({}))).toBeNull();
    expect(inputOf(container({ format: 'auto' }), 'current')).toBeNull();
  });
});
