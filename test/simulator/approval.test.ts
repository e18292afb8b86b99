import { describe, expect, test } from 'vitest';
import { setup, slow } from './support.js';

describe('approving and rejecting', () => {
  test('flips a pending container once', async () => {
    const { simulator, get, post } = setup();
    const id = simulator.addContainer({ state: 'completed' });
    const { status, body } = await post(`/v1/content/${id}/approve`, { note: 'Nice.' });
    expect(status).toBe(200);
    expect(body).toEqual({
      id,
      approvalStatus: 'approved',
      approvedAt: '2026-04-18T09:30:00Z',
      approvedBy: expect.stringMatching(/^api_key_/),
    });
    expect((await get(`/v1/content/${id}`)).body.approvalStatus).toBe('approved');
    for (const [action, payload] of [['approve'], ['reject', { reason: 'No.' }]] as const) {
      const again = await post(`/v1/content/${id}/${action}`, payload);
      expect([again.status, again.body.error.code, again.body.error.details]).toEqual([409, 'CONFLICT', { approvalStatus: 'approved' }]);
    }
  });

  test('answers 409 when approval is not required, was decided by someone else, or the container is not completed', async () => {
    const { simulator, post } = setup({ generation: slow });
    const free = simulator.addContainer({ state: 'completed', approvalStatus: 'not_required' });
    const taken = simulator.addContainer({ state: 'completed' });
    simulator.decide(taken, 'rejected');
    const running = simulator.addContainer();
    const details = async (id: string) => {
      const { status, body } = await post(`/v1/content/${id}/approve`);
      return [status, body.error.details];
    };
    expect(await details(free)).toEqual([409, { approvalStatus: 'not_required' }]);
    expect(await details(taken)).toEqual([409, { approvalStatus: 'rejected' }]);
    expect(await details(running)).toEqual([409, { status: 'queued' }]);
  });

  test.each([{}, { reason: '' }, { reason: 'x'.repeat(1025) }, { reason: 7 }])(
    'a rejection needs a reason of 1 to 1024 letters: %j',
    async (payload) => {
      const { simulator, get, post } = setup();
      const id = simulator.addContainer({ state: 'completed' });
      const { status, body } = await post(`/v1/content/${id}/reject`, payload);
      expect([status, body.error.details?.issues?.[0]?.path]).toEqual([422, ['reason']]);
      expect((await get(`/v1/content/${id}`)).body.approvalStatus).toBe('pending');
    },
  );

  test('a note may have 1024 letters', async () => {
    const { simulator, post } = setup();
    const id = simulator.addContainer({ state: 'completed' });
    expect((await post(`/v1/content/${id}/approve`, { note: 'x'.repeat(1025) })).status).toBe(422);
    expect((await post(`/v1/content/${id}/approve`, { note: 'x'.repeat(1024) })).status).toBe(200);
  });
});

describe('the review policy', () => {
  test('counts what is completed and pending', async () => {
    const { simulator, get, project } = setup({ generation: slow });
    simulator.addContainer({ state: 'completed' });
    simulator.addContainer();
    const { body } = await get(`/v1/projects/${project}/content-review-policy`);
    expect(body).toEqual({ projectId: project, policy: 'review_all', pendingCount: 1 });
  });

  test('decides what new containers are born with', async () => {
    const { simulator, get, post, patch, project } = setup({ approval: 'not_required' });
    const born = async () => {
      const id = simulator.addContainer({ state: 'completed' });
      return [id, (await get(`/v1/content/${id}`)).body.approvalStatus];
    };
    expect((await born())[1]).toBe('not_required');
    await patch(`/v1/projects/${project}/content-review-policy`, { policy: 'review_first_n', firstN: 1 });
    const [first, approval] = await born();
    expect(approval).toBe('pending');
    await post(`/v1/content/${first}/reject`, { reason: 'No.' });
    expect((await born())[1]).toBe('not_required');
    await patch(`/v1/projects/${project}/content-review-policy`, { policy: 'review_all' });
    expect((await born())[1]).toBe('pending');
  });

  test.each([
    {},
    { policy: 'sometimes' },
    { policy: 'review_first_n' },
    { policy: 'review_first_n', firstN: 0 },
    { policy: 'review_first_n', firstN: 51 },
    { policy: 'review_all', firstN: 3 },
  ])('refuses %j', async (payload) => {
    const { patch, project } = setup();
    const { status, body } = await patch(`/v1/projects/${project}/content-review-policy`, payload);
    expect([status, body.error.code]).toEqual([422, 'VALIDATION']);
  });
});
