import { describe, expect, test, vi } from 'vitest';
import { createSimulator, type SimulatorFault, type SimulatorOptions } from '../../src/testing.js';
import { setupWebhooks } from './webhooks.support.js';

const second = 1000;
/** How long a `slow` generation takes. */
const whole = 80 * second;

describe('what is told, and when', () => {
  test('a container completes: first it, then its job, at that moment and once', async () => {
    const { simulator, pass, received, types, project } = setupWebhooks();
    const id = simulator.addContainer({ generation: { kind: 'video' } });
    await pass(whole - 1);
    expect(received).toEqual([]);
    await pass(1);
    await pass(whole);
    expect(types()).toEqual(['content.generated', 'job.completed']);
    const [content, job] = received.map(({ event }) => event);
    expect(content).toMatchObject({
      type: 'content.generated',
      id: received[0]?.headers.get('x-layers-event-id'),
      container: { id, projectId: project, status: 'completed', preview: { kind: 'video' } },
    });
    expect(job).toMatchObject({ type: 'job.completed', job: { jobId: simulator.jobId(id), kind: 'content_generate', containerIds: [id] } });
    expect(content?.id).toMatch(/^evt_[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(content?.id).not.toBe(job?.id);
  });

  test('the old edition has no preview, and its assets all the same', async () => {
    const { simulator, pass, received } = setupWebhooks({ edition: 'legacy' });
    simulator.addContainer({ generation: { kind: 'video' } });
    await pass(whole);
    const { data } = JSON.parse(received[0]?.body ?? '') as { data: Record<string, unknown> };
    expect(Object.keys(data)).toEqual(['id', 'projectId', 'assets']);
    expect(received[0]?.event).toMatchObject({ container: { preview: { kind: 'video' } } });
  });

  test('it fails: only its job tells, and why', async () => {
    const { simulator, pass, received, types } = setupWebhooks();
    const lastError = { code: 'RENDER_TIMEOUT', message: 'Rendering took too long.' };
    simulator.addContainer({ generation: { outcome: 'failed', endsAt: 0.5, lastError } });
    await pass(whole / 2 - 1);
    expect(types()).toEqual([]);
    await pass(1);
    expect(types()).toEqual(['job.failed']);
    expect(received[0]?.event).toMatchObject({ job: { status: 'failed', error: lastError, containerIds: [] } });
  });

  test('it is canceled through the API, which takes a moment', async () => {
    const { simulator, pass, types, post } = setupWebhooks();
    const id = simulator.addContainer();
    await pass(5 * second);
    expect((await post(`/v1/jobs/${simulator.jobId(id)}/cancel`)).status).toBe(202);
    await pass(2 * second - 1);
    expect(types()).toEqual([]);
    await pass(1);
    expect(types()).toEqual(['job.canceled']);
  });

  test('it is finished by hand', async () => {
    const { simulator, pass, types } = setupWebhooks();
    for (const outcome of ['completed', 'failed', 'canceled'] as const) simulator.finish(simulator.addContainer(), outcome);
    await pass(0);
    expect(types()).toEqual(['content.generated', 'job.completed', 'job.failed', 'job.canceled']);
  });

  test('of several variants each tells of itself, and the job when the last has ended', async () => {
    const { simulator, pass, types, received, post, project } = setupWebhooks({ edition: 'legacy' });
    const { body } = await post(`/v1/projects/${project}/content`, { format: 'ugc_remix', brief: {}, variantCount: 3 });
    const [first = '', second = '', third = ''] = body.containerIds;
    simulator.finish(second, 'failed');
    simulator.finish(third);
    await pass(0);
    expect(types()).toEqual(['content.generated']);
    await pass(whole);
    expect(types()).toEqual(['content.generated', 'content.generated', 'job.completed']);
    expect(received.map(({ event }) => event?.type === 'content.generated' && event.container.id)).toEqual([third, first, false]);
    expect(received[2]?.event).toMatchObject({ job: { containerIds: [first, second, third] } });
  });

  test('it is generated again in place: another job, another event', async () => {
    const { simulator, pass, types, post } = setupWebhooks();
    const id = simulator.addContainer();
    await pass(whole);
    await post(`/v1/content/${id}/regenerate`, {});
    await pass(whole);
    expect(types()).toEqual(['content.generated', 'job.completed', 'content.generated', 'job.completed']);
  });

  test('a decision is told where the container was pending, by whoever took it', async () => {
    const { simulator, pass, received, types, post } = setupWebhooks();
    const ids = Array.from({ length: 4 }, () => simulator.addContainer({ state: 'completed' }));
    const [one = '', two = '', three = '', four = ''] = ids;
    await post(`/v1/content/${one}/approve`, { note: 'Good.' });
    await post(`/v1/content/${two}/reject`, { reason: 'Too loud.\n🧠' });
    simulator.decide(three, 'approved');
    simulator.decide(four, 'rejected');
    // Decided before: no flip from pending.
    simulator.decide(three, 'rejected');
    await post(`/v1/content/${one}/approve`);
    await pass(0);
    expect(types()).toEqual(['content.approved', 'content.rejected', 'content.approved', 'content.rejected']);
    expect(received[0]?.event).toMatchObject({ approval: { id: one, decidedAt: '2026-04-18T09:30:00Z', reason: null } });
    expect(received[1]?.event).toMatchObject({ approval: { id: two, reason: 'Too loud.\n🧠' } });
    expect(received[2]?.event).toMatchObject({ approval: { id: three, decidedBy: expect.stringMatching(/^user_/) as string } });
  });

  test('what ended before it was put in is not told, and neither is what is gone', async () => {
    const { simulator, pass, types } = setupWebhooks({ containers: 40, generation: {} });
    const past = { createdAt: Date.UTC(2026, 3, 1) };
    simulator.addContainer(past);
    for (const state of ['completed', 'failed', 'canceled'] as const) simulator.addContainer({ state });
    simulator.addContainer({ creativeType: 'uploaded' });
    await pass(0);
    const removed = simulator.addContainer();
    simulator.finish(removed);
    simulator.removeContainer(removed);
    await pass(0);
    expect(types()).toEqual(['job.completed']);
  });

  test('any other event can be sent by hand', async () => {
    const { simulator, pass, received } = setupWebhooks();
    const id = simulator.sendWebhook('post.published', { scheduledPostId: 'p_1', containerId: 'cnt_1' });
    simulator.sendWebhook('test.ping');
    await pass(0);
    expect(received.map(({ event }) => event)).toMatchObject([
      { id, type: 'unknown', rawType: 'post.published', data: { scheduledPostId: 'p_1', containerId: 'cnt_1' } },
      { type: 'unknown', rawType: 'test.ping', data: {} },
    ]);
  });

  test.each(['current', 'legacy'] as const)('a replay comes under a new id and names the delivery it replays: %s', async (edition) => {
    const { simulator, pass, received } = setupWebhooks({ edition });
    const id = simulator.sendWebhook('test.ping', { message: 'hi' });
    const again = simulator.replayWebhook(id);
    await pass(0);
    expect([received[0]?.event, received[1]?.event]).toMatchObject([
      { id, replayOf: null },
      { id: again, rawType: 'test.ping', replayOf: expect.stringMatching(/^[0-9a-f-]{36}$/) as string },
    ]);
    expect(again).not.toBe(id);
    expect(Object.keys(JSON.parse(received[1]?.body ?? '') as object)).toEqual(
      edition === 'current' ? ['id', 'type', 'data', 'replayOf'] : ['id', 'type', 'data'],
    );
    expect(() => simulator.replayWebhook('evt_unknown')).toThrow('sent no webhook evt_unknown');
  });
});

describe('attempts', () => {
  const minutes = (ms: number) => Math.round((ms / 60_000) * 10) / 10;

  /** When each attempt was made, in minutes after the first. */
  async function attempts(edition: 'current' | 'legacy', answer: () => number | Error): Promise<number[]> {
    const { simulator, pass, received, answerWith } = setupWebhooks({ edition });
    answerWith(answer);
    simulator.sendWebhook('test.ping');
    await pass(0);
    for (let half = 0; half < 2 * 60 * 40; half += 1) await pass(30 * second);
    expect(new Set(received.map(({ event }) => event?.id)).size).toBe(1);
    return received.map(({ at }) => minutes(at));
  }

  const ladder = [0, 0.5, 1.5, 6.5, 21.5, 81.5, 441.5, 1881.5];

  test('the current edition makes five, and takes a 4xx for final save 429', async () => {
    expect(await attempts('current', () => 503)).toEqual(ladder.slice(0, 5));
    expect(await attempts('current', () => 429)).toEqual(ladder.slice(0, 5));
    expect(await attempts('current', () => 302)).toEqual(ladder.slice(0, 5));
    expect(await attempts('current', () => new TypeError('fetch failed'))).toEqual(ladder.slice(0, 5));
    expect(await attempts('current', () => 404)).toEqual([0]);
    expect(await attempts('current', () => 202)).toEqual([0]);
  });

  test('the old one makes eight in about 32 hours, whatever is answered', async () => {
    expect(await attempts('legacy', () => 400)).toEqual(ladder);
    expect(await attempts('legacy', () => 500)).toEqual(ladder);
  });

  test('an attempt is signed anew, says the same, and is the last once it is taken', async () => {
    const { simulator, pass, received, answerWith, log } = setupWebhooks();
    const answers = [500, 200];
    answerWith(() => answers.shift() ?? 500);
    simulator.sendWebhook('test.ping');
    await pass(0);
    await pass(30 * second);
    await pass(3600 * second);
    expect(log()).toEqual(['test.ping 1 500', 'test.ping 2 200']);
    expect(received[1]?.body).toBe(received[0]?.body);
    expect(received.map(({ headers }) => /^t=\d+/.exec(headers.get('x-layers-signature') ?? '')?.[0])).toEqual([
      't=1776504600',
      't=1776504630',
    ]);
  });

  test('one that is not answered holds up no other', async () => {
    const release: (() => void)[] = [];
    const simulator = createSimulator({
      now: () => 0,
      webhooks: {
        url: 'https://partner.example/',
        secret: 's',
        fetch: () => new Promise((resolve) => void release.push(() => resolve(new Response()))),
      },
    });
    simulator.sendWebhook('one');
    simulator.sendWebhook('two');
    const delivery = simulator.deliverWebhooks();
    await vi.waitFor(() => expect(release).toHaveLength(2));
    expect(simulator.webhooks.map(({ type, status }) => [type, status])).toEqual([
      ['one', 0],
      ['two', 0],
    ]);
    release[1]?.();
    release[0]?.();
    await delivery;
    expect(simulator.webhooks.map(({ status }) => status)).toEqual([200, 200]);
  });

  test('while a secret is rotated there is one signature for each', async () => {
    const { simulator, pass, received } = setupWebhooks({}, ['whsec_new', 'whsec_simulated']);
    simulator.sendWebhook('test.ping');
    await pass(0);
    expect(received[0]?.headers.get('x-layers-signature')).toMatch(/^t=\d+,v1=[0-9a-f]{64},v1=[0-9a-f]{64}$/);
    expect(received[0]?.event).not.toBeNull();
  });
});

describe('faults', () => {
  const withFaults = (...faults: SimulatorFault[]) => setupWebhooks({ faults });

  test('loss: it never comes', async () => {
    const { simulator, pass, types } = withFaults({ kind: 'webhook-loss', match: 'content.generated' });
    simulator.addContainer();
    await pass(whole);
    expect(types()).toEqual(['job.completed']);
  });

  test('duplicate: it comes twice under one id', async () => {
    const { simulator, pass, received } = withFaults({ kind: 'webhook-duplicate', times: 1 });
    simulator.sendWebhook('one');
    simulator.sendWebhook('two');
    await pass(0);
    const ids = received.map(({ event }) => event?.id);
    expect([ids.length, new Set(ids).size]).toEqual([3, 2]);
    expect(received[0]?.body).toBe(received[1]?.body);
  });

  test('reorder: the job comes before its container', async () => {
    const { simulator, pass, types } = withFaults({ kind: 'webhook-reorder', match: /content/ });
    simulator.addContainer();
    await pass(whole);
    expect(types()).toEqual(['job.completed', 'content.generated']);
  });

  test('delay: it comes late, and freshly signed', async () => {
    const { simulator, pass, types, received } = withFaults({ kind: 'webhook-delay', latencyMs: 600_000 });
    simulator.sendWebhook('test.ping');
    await pass(600_000 - 1);
    expect(types()).toEqual([]);
    await pass(1);
    expect(received[0]?.refusal).toBe('');
  });

  test('forged: one that says the same comes first, is refused, and is not tried again', async () => {
    // The old edition tries again whatever is answered.
    const { simulator, pass, received, log } = setupWebhooks({ edition: 'legacy', faults: [{ kind: 'webhook-forged' }] });
    simulator.decide(simulator.addContainer({ state: 'completed' }), 'approved');
    await pass(0);
    await pass(3600 * second);
    expect(received.map(({ refusal }) => refusal)).toEqual(['WEBHOOK_SIGNATURE_MISMATCH', '']);
    expect(log()).toEqual(['content.approved 1 400', 'content.approved 1 204']);
    expect(simulator.webhooks.map(({ isForged }) => isForged)).toEqual([true, false]);
    expect(received[0]?.headers.get('x-layers-event-id')).not.toBe(received[1]?.headers.get('x-layers-event-id'));
  });

  test('they add up, can be replaced, and leave requests alone, as those of requests leave webhooks', async () => {
    const { simulator, pass, types, get } = withFaults({ kind: 'status' }, { kind: 'webhook-loss' }, { kind: 'webhook-forged' });
    simulator.sendWebhook('one');
    await pass(0);
    expect(simulator.webhooks.map(({ isForged }) => isForged)).toEqual([true]);
    simulator.setFaults([{ kind: 'webhook-loss' }]);
    expect((await get('/v1/whoami')).status).toBe(200);
    simulator.setFaults([{ kind: 'drop' }, { kind: 'latency', latencyMs: 60_000 }]);
    simulator.sendWebhook('two');
    await pass(0);
    expect(types()).toEqual(['one', 'two']);
  });

  test('a share is drawn from the seed: the same seed sends the same bytes in the same order', async () => {
    const transcript = async (seed: number) => {
      const rate = 0.3;
      const kinds = ['loss', 'duplicate', 'reorder', 'delay', 'forged'] as const;
      const faults: SimulatorOptions['faults'] = kinds.map((kind) => ({ kind: `webhook-${kind}`, rate, latencyMs: [0, 90_000] }));
      const { simulator, pass, received, answerWith, log } = setupWebhooks({ seed, faults, generation: {} });
      answerWith(({ id }) => (/[0-9]$/.test(id ?? '') ? 503 : 200));
      for (let count = 0; count < 20; count += 1) simulator.addContainer();
      for (let step = 0; step < 60; step += 1) await pass(7777);
      return { log: log(), sent: received.map(({ body, headers }) => [body, headers.get('x-layers-signature')]) };
    };
    const one = await transcript(5);
    expect(one).toEqual(await transcript(5));
    expect(one.sent.length).toBeGreaterThan(20);
    expect((await transcript(6)).log).not.toEqual(one.log);
  });
});

describe('options', () => {
  test.each([
    { url: '/webhooks', secret: 's' },
    { url: 'https://a.example/', secret: '' },
    { url: 'https://a.example/', secret: [] },
    { url: 'https://a.example/', secret: ['s', ''] },
  ])('that cannot be used are refused at once: %j', (webhooks) => {
    expect(() => createSimulator({ webhooks })).toThrow('layers-react/testing: webhooks takes an absolute url');
  });

  test('without them nothing is sent, and sending by hand says what is missing', async () => {
    const simulator = createSimulator();
    simulator.finish(simulator.addContainer());
    await simulator.deliverWebhooks();
    expect(simulator.webhooks).toEqual([]);
    expect(() => simulator.sendWebhook('test.ping')).toThrow('Give createSimulator() the option webhooks');
    expect(() => simulator.replayWebhook('evt_1')).toThrow('Give createSimulator() the option webhooks');
  });
});
