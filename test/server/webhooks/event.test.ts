import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseWebhookEvent } from '../../../src/server.js';
import { subjectOf } from '../../../src/server/webhooks/subject.js';

const event = (type: string, data: unknown, more: object = {}) => parseWebhookEvent({ id: 'evt_1', type, data, ...more });

describe('events of a job', () => {
  test('completed: the result names its containers', () => {
    const read = event('job.completed', {
      jobId: 'job_1',
      kind: 'content_generate',
      result: { containerId: 'cnt_1', assets: [{ assetId: 'a', kind: 'video', url: 'https://media.example/a.mp4' }] },
    });
    expect(read).toMatchObject({
      id: 'evt_1',
      type: 'job.completed',
      rawType: 'job.completed',
      replayOf: null,
      job: { jobId: 'job_1', kind: 'content_generate', status: 'completed', containerIds: ['cnt_1'] },
    });
    expect(subjectOf(read)).toEqual({
      jobId: 'job_1',
      projectId: null,
      containerIds: ['cnt_1'],
      status: 'completed',
      approvalStatus: null,
    });
  });

  test('of several containers: which of them completed is not told', () => {
    const read = event('job.completed', { jobId: 'job_1', projectId: 'prj_1', result: { containerIds: ['cnt_1', 'cnt_2'] } });
    expect(subjectOf(read)).toEqual({
      jobId: 'job_1',
      projectId: 'prj_1',
      containerIds: ['cnt_1', 'cnt_2'],
      status: null,
      approvalStatus: null,
    });
  });

  test('failed: why, and of no container unless one is named', () => {
    const error = { code: 'RENDER_TIMEOUT', message: 'Rendering took too long.' };
    const read = event('job.failed', { jobId: 'job_1', kind: 'content_generate', error });
    expect(read).toMatchObject({ type: 'job.failed', job: { status: 'failed', error } });
    expect(subjectOf(read)).toEqual({ jobId: 'job_1', projectId: null, containerIds: [], status: 'failed', approvalStatus: null });
    expect(subjectOf(event('job.failed', { jobId: 'job_1', containerId: 'cnt_1' }))?.containerIds).toEqual(['cnt_1']);
  });

  test.each(['job.canceled', 'job.cancelled'])('%s', (type) => {
    const read = event(type, { jobId: 'job_1', kind: 'content_generate' });
    expect([read.type, read.rawType, subjectOf(read)?.status]).toEqual(['job.canceled', type, 'canceled']);
  });

  test('the type says how it ended, whatever the payload claims', () => {
    const read = event('job.failed', { jobId: 'job_1', status: 'running' });
    expect(read.type === 'job.failed' && read.job.status).toBe('failed');
  });
});

describe('events of content', () => {
  const assets = [{ assetId: 'a', kind: 'video', url: 'https://media.example/a.mp4', thumbnailUrl: 'javascript:alert(1)' }];

  test('generated: the media are there and safe, and what is not told is marked as such', () => {
    const read = event('content.generated', { id: 'cnt_1', projectId: 'prj_1', assets });
    if (read.type !== 'content.generated') throw new Error(read.type);
    expect(read.container).toMatchObject({
      id: 'cnt_1',
      projectId: 'prj_1',
      status: 'completed',
      approvalStatus: 'unknown',
      isPartial: true,
    });
    expect(read.container.preview).toMatchObject({ kind: 'video', videoUrl: 'https://media.example/a.mp4', thumbnailUrl: null });
    expect(subjectOf(read)).toEqual({
      jobId: null,
      projectId: 'prj_1',
      containerIds: ['cnt_1'],
      status: 'completed',
      approvalStatus: null,
    });
  });

  test('generated, with the preview of the current edition', () => {
    const preview = { kind: 'image', primaryUrl: 'https://media.example/a.jpg' };
    const read = event('content.generated', { id: 'cnt_1', assets, preview });
    expect(read.type === 'content.generated' && read.container.preview?.kind).toBe('image');
  });

  test('approved', () => {
    const data = { id: 'cnt_1', projectId: 'prj_1', approvedAt: '2026-04-18T09:40:12Z', approvedBy: 'api_key_1' };
    const read = event('content.approved', data);
    expect(read).toMatchObject({
      type: 'content.approved',
      projectId: 'prj_1',
      approval: { id: 'cnt_1', approvalStatus: 'approved', decidedAt: '2026-04-18T09:40:12Z', decidedBy: 'api_key_1', reason: null },
    });
    expect(subjectOf(read)).toEqual({ jobId: null, projectId: 'prj_1', containerIds: ['cnt_1'], status: null, approvalStatus: 'approved' });
  });

  test('rejected, with the reason', () => {
    const read = event('content.rejected', { id: 'cnt_1', rejectedAt: '2026-04-18T09:40:12Z', reason: 'Too loud.\n🧠' });
    expect(read.type === 'content.rejected' && read.approval).toMatchObject({ approvalStatus: 'rejected', reason: 'Too loud.\n🧠' });
    expect(subjectOf(read)).toMatchObject({ projectId: null, approvalStatus: 'rejected' });
  });
});

describe('what is not known', () => {
  test.each([
    ['a type of another kind', 'post.published', { scheduledPostId: 'p', containerId: 'cnt_1' }],
    ['a type of a newer version', 'content.archived', { id: 'cnt_1' }],
    ['another case', 'JOB.COMPLETED', { jobId: 'job_1' }],
    ['a name that every object has', 'constructor', { jobId: 'job_1' }],
    ['a job without its id', 'job.completed', { kind: 'content_generate' }],
    ['a blank id', 'content.generated', { id: ' ' }],
    ['an id that is no text', 'content.approved', { id: 7 }],
  ])('is kept as unknown: %s', (_, type, data) => {
    const read = event(type, data);
    expect(read).toEqual({ id: 'evt_1', type: 'unknown', rawType: type, replayOf: null, data });
    expect(subjectOf(read)).toBeNull();
  });

  test.each([[undefined], [null], ['text'], [[{ jobId: 'job_1' }]]])('is kept as unknown without a payload: %j', (data) => {
    expect(event('job.completed', data)).toEqual({ id: 'evt_1', type: 'unknown', rawType: 'job.completed', replayOf: null, data: null });
  });

  test.each([[null], ['text'], [[]], [7], [undefined]])('a body that is no object is refused: %j', (json) => {
    expect(() => parseWebhookEvent(json)).toThrow(expect.objectContaining({ code: 'INVALID_RESPONSE', details: { path: '$' } }));
  });

  test.each([{}, { type: null }, { type: ' ' }, { type: ['job.completed'] }])('a body without a type is refused: %j', (json) => {
    expect(() => parseWebhookEvent(json)).toThrow(expect.objectContaining({ code: 'INVALID_RESPONSE', details: { path: 'type' } }));
  });
});

describe('the id and the replay', () => {
  test('the signed id of the body goes before the header, which anybody can write', () => {
    expect(parseWebhookEvent({ id: 'evt_1', type: 'test.ping' }, 'evt_2').id).toBe('evt_1');
    expect(parseWebhookEvent({ type: 'test.ping' }, 'evt_2').id).toBe('evt_2');
    expect(parseWebhookEvent({ type: 'test.ping' }).id).toBeNull();
  });

  test.each(['', ' ', 'evt_ 1', `evt_${'1'.repeat(200)}`, 'evt_\u0000', 'evt_é'])('an id that cannot be one is none: %j', (id) => {
    expect(parseWebhookEvent({ id, type: 'test.ping' }, 'evt_2').id).toBe('evt_2');
    expect(parseWebhookEvent({ type: 'test.ping' }, id).id).toBeNull();
  });

  test('an id that is no text is none', () => {
    for (const id of [5, null, { a: 1 }, ['evt_1']]) expect(parseWebhookEvent({ id, type: 'test.ping' }, 'evt_2').id).toBe('evt_2');
  });

  test('a replay is told by either edition', () => {
    expect(event('test.ping', {}, { replayOf: 'dlv_1' }).replayOf).toBe('dlv_1');
    expect(event('test.ping', { replayOf: 'evt_0' }).replayOf).toBe('evt_0');
    expect(event('test.ping', { replayOf: 7 }, { replayOf: '' }).replayOf).toBeNull();
  });
});

test('whatever a payload carries, reading it gives an event of plain JSON and never throws', () => {
  const types = ['job.completed', 'job.failed', 'job.canceled', 'content.generated', 'content.approved', 'content.rejected', 'post.failed'];
  const wire = fc.jsonValue({ depthSize: 'small' });
  const members = [
    'id',
    'jobId',
    'projectId',
    'containerId',
    'containerIds',
    'result',
    'error',
    'assets',
    'preview',
    'reason',
    '__proto__',
  ];
  const data = fc.oneof(wire, fc.dictionary(fc.constantFrom(...members), wire));
  fc.assert(
    fc.property(fc.constantFrom(...types), data, wire, (type, payload, id) => {
      const json: unknown = JSON.parse(JSON.stringify({ id, type, data: payload }));
      const read = parseWebhookEvent(json);
      expect(JSON.parse(JSON.stringify(read))).toEqual(read);
      expect([type, 'unknown']).toContain(read.type);
      const subject = subjectOf(read);
      expect(subject === null).toBe(read.type === 'unknown');
      for (const containerId of subject?.containerIds ?? []) expect(containerId.trim()).not.toBe('');
    }),
  );
});
