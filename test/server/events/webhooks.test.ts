import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { stopTime, tick as pass } from '../../truth/support.js';
import { createMemoryStore } from '../../../src/server.js';
import { house, listen, webhookSecret } from './support.js';

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a webhook', () => {
  test('tells who follows its container at once, handled once however often it comes', async () => {
    const { open, webhook, inFlight, sent, server } = house();
    const id = inFlight();
    const stream = await open([id]);
    await pass(5_000);
    const read = sent.length;
    const event = { id: 'evt_1', type: 'content.approved', data: { id, projectId: 'prj_1' } };
    const answers = await Promise.all([webhook(event), webhook(event), webhook(event)]);
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
    await pass(50);
    expect(
      stream.told().some((each) => each.kind === 'row' && (each.body as { approvalStatus?: string }).approvalStatus === 'approved'),
    ).toBe(true);
    expect(sent.length - read).toBeLessThanOrEqual(2);
    server.close();
  });

  test('tells at once who follows its container in another process, also of a failed job that names no container', async () => {
    const store = { ...createMemoryStore(), isShared: true };
    const here = house({ store });
    const there = house({ store, fetch: here.simulator.fetch });
    const [approved, failed] = [here.inFlight(), here.inFlight()] as const;
    const stream = await there.open([approved, failed]);
    await pass(8_000);
    const before = stream.told().length;
    const told = () => JSON.stringify(stream.told().slice(before));
    await here.webhook({ id: 'evt_8', type: 'content.approved', data: { id: approved, projectId: here.projectId } });
    await pass(100);
    expect(told()).toContain('"approvalStatus":"approved"');
    here.simulator.finish(failed, 'failed');
    await here.webhook({ id: 'evt_9', type: 'job.failed', data: { jobId: here.simulator.jobId(failed), kind: 'generate', error: {} } });
    await pass(100);
    expect(told()).toContain('"status":"failed"');
    here.server.close();
    there.server.close();
  });

  describe('of a job, as it is documented, tells its container before anything is read', () => {
    /** The API answers until `stops`: from then on, only the webhook can tell. */
    function stopping() {
      const api: { isStopped: boolean; world?: ReturnType<typeof house> } = { isStopped: false };
      const world = house({
        fetch: (url, init) => (api.isStopped ? new Promise(() => {}) : (api.world as typeof world).simulator.fetch(url, init)),
      });
      api.world = world;
      return { ...world, stops: () => void (api.isStopped = true) };
    }

    test.each([
      ['job.completed', 'completed', (id: string) => ({ result: { containerId: id, assets: [] } })],
      ['job.failed', 'failed', (id: string) => ({ containerId: id, error: { code: 'X', message: 'y' } })],
      ['job.canceled', 'canceled', (id: string) => ({ containerIds: [id.replace('cnt_', '')] })],
    ])('%s', async (type, status, named) => {
      const { open, webhook, inFlight, server, stops, simulator } = stopping();
      const id = inFlight();
      const stream = await open([id]);
      await pass(8_000);
      const before = stream.told().length;
      stops();
      const kind = 'content_generate';
      expect(
        (await webhook({ id: `evt ${type}`.replace(' ', '_'), type, data: { jobId: simulator.jobId(id), kind, ...named(id) } })).status,
      ).toBe(204);
      await pass(50);
      expect(stream.told().slice(before)).toMatchObject([{ kind: 'row', body: { status } }]);
      server.close();
    });

    test('also where no read has named its project', async () => {
      const { ask, webhook, inFlight, server, stops, simulator } = stopping();
      const id = inFlight();
      const body = JSON.stringify({ follow: [{ id, wants: ['progress'], isOnScreen: true, isKnown: false }], projects: [] });
      const stream = listen(await ask([], {}, { body }));
      // Before its record is read for when its job began.
      await pass(2_000);
      expect(new Set(stream.told().map(({ kind }) => kind))).toEqual(new Set(['progress']));
      stops();
      await webhook({ id: 'evt_21', type: 'job.completed', data: { jobId: simulator.jobId(id), result: { containerId: id } } });
      await pass(50);
      expect(stream.told().at(-1)).toMatchObject({ kind: 'progress', body: { status: 'completed' } });
      server.close();
    });

    test.each(['its 202', 'a read of the job'])('that failed and names none, if %s named it', async (source) => {
      const { open, webhook, post, get, inFlight, server, stops, simulator, projectId } = stopping();
      const made = source === 'its 202' ? await post(`/v1/projects/${projectId}/content/slideshow-builder`, '{"hook":"One"}') : undefined;
      const id = made ? (((await made.json()) as { containerIds: string[] }).containerIds[0] as string) : inFlight();
      const jobId = simulator.jobId(id);
      const stream = await open([id]);
      await pass(8_000);
      if (!made) {
        simulator.finish(id, 'completed');
        await get(`/v1/jobs/${jobId}`);
      }
      const before = stream.told().length;
      stops();
      await webhook({ id: 'evt_22', type: 'job.failed', data: { jobId, kind: 'content_generate', error: { code: 'X', message: 'y' } } });
      await pass(50);
      expect(stream.told().slice(before)).toMatchObject([{ kind: 'row', id, body: { status: 'failed' } }]);
      server.close();
    });
  });

  test.each(['job.completed', 'job.failed'])('%s of an earlier job ends no container that is being made again', async (type) => {
    const { open, webhook, post, inFlight, server, simulator } = house();
    const id = inFlight(2_000);
    const stream = await open([id]);
    await pass(8_000);
    const earlier = simulator.jobId(id);
    expect((await post(`/v1/content/${id}/regenerate`, '{}')).status).toBe(202);
    await pass(3_000);
    const before = stream.told().length;
    await webhook({ id: 'evt_24', type, data: { jobId: earlier, result: { containerId: id }, containerId: id } });
    await pass(3_000);
    const statuses = stream
      .told()
      .slice(before)
      .flatMap((each) => ('body' in each ? [(each.body as { status?: string }).status] : []));
    expect(statuses).not.toContain(type.replace('job.', ''));
    server.close();
  });

  test('tells who follows only the list of its container', async () => {
    const { open, webhook, inFlight, server, get, projectId } = house();
    const id = inFlight();
    const stream = await open([], {}, { projects: [projectId] });
    await get(`/v1/projects/${projectId}/content`);
    await pass(100);
    const before = stream.told().length;
    await webhook({ id: 'evt_23', type: 'job.canceled', data: { jobId: 'job_1', containerId: id } });
    await pass(50);
    expect(stream.told().slice(before)).toMatchObject([{ kind: 'row', id, body: { status: 'canceled' } }]);
    server.close();
  });

  test('about a job has that job read, for who follows it', async () => {
    const { ask, webhook, simulator, inFlight, sent, server } = house();
    const jobId = simulator.jobId(inFlight());
    const body = JSON.stringify({ follow: [{ id: jobId, wants: ['job'], isOnScreen: true, isKnown: false }], projects: [] });
    const stream = listen(await ask([], {}, { body }));
    await pass(1_000);
    expect(stream.told()).toMatchObject([{ kind: 'job', id: jobId }]);
    const read = sent.length;
    expect((await webhook({ id: 'evt_4', type: 'job.completed', data: { jobId } })).status).toBe(204);
    await pass(100);
    expect(sent.slice(read).map(({ url }) => url)).toEqual([expect.stringContaining(`/v1/jobs/${jobId}`)]);
    server.close();
  });

  test('that is forged, stale or too large changes nothing; unknown types are answered 2xx', async () => {
    const { webhook, post, reported } = house();
    const event = { id: 'evt_2', type: 'content.approved', data: { id: 'cnt_1' } };
    expect((await webhook(event, { secret: 'whsec_other' })).status).toBe(400);
    expect((await webhook(event, { at: Date.now() - 400_000 })).status).toBe(400);
    expect((await post('/v1/webhooks', JSON.stringify(event))).status).toBe(400);
    expect((await webhook({ ...event, padding: 'x'.repeat(1_100_000) })).status).toBe(413);
    expect((await webhook({ id: 'evt_3', type: 'post.published', data: {} })).status).toBe(204);
    expect(reported.map(({ code }) => code)).toContain('WEBHOOK_SIGNATURE_MISMATCH');
    expect(JSON.stringify(reported)).not.toContain(webhookSecret);
  });
});
