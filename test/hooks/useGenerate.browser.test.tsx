import { StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cleanup, renderHook } from 'vitest-browser-react';
import {
  type GenerateInput,
  layersKeys,
  useContainer,
  useContainerList,
  useContainerProgress,
  useGenerate,
  useJob,
} from '../../src/index.js';
import { showPage } from '../support/page.js';
import { createSentWorld } from '../support/sentWorld.js';
import { pass, stopTime } from '../support/time.js';
import { shortLife, type World } from '../support/world.js';

beforeEach(() => {
  stopTime();
});

afterEach(async () => {
  await cleanup();
  showPage();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const slideshow: GenerateInput = { format: 'slideshow-builder', hook: 'Small steps' };
const post = /^POST .*content/;

const render = (world: World) => renderHook(() => useGenerate(world.projectId), { wrapper: world.wrapper });
const made = async ({ client, projectId }: World) => (await client.listContainers(projectId)).containers.length;
const keys = ({ sent }: { sent: { key: string | null }[] }) => new Set(sent.map(({ key }) => key));

describe('what is started', () => {
  test.each<[GenerateInput, string, object]>([
    [slideshow, 'slideshow-builder', { hook: 'Small steps' }],
    [{ format: 'ugc_remix', influencerId: 'inf_1', hook: '' }, 'ugc-remix', { influencerId: 'inf_1' }],
    [{ format: 'ugc-remix', socialAccountId: 'sac_1', mediaId: 'med_1' }, 'ugc-remix', { socialAccountId: 'sac_1', mediaId: 'med_1' }],
    [
      { format: 'video-remix', tiktokVideoId: '7391', influencerId: 'inf_1' },
      'video-remix',
      { tiktokVideoId: '7391', influencerId: 'inf_1' },
    ],
    [{ format: 'slideshow-remix', tiktokVideoId: '7234567890987654321', socialAccountId: 'sac_1' }, 'slideshow-remix', {}],
  ])('%j goes to the route of its format in the current edition', async (input, route, body) => {
    const world = createSentWorld();
    const { result } = await render(world);
    result.current.mutate(input);
    await pass(100);
    expect(result.current.problem).toBeNull();
    expect(world.sent).toEqual([
      {
        path: `/v1/projects/${world.projectId}/content/${route}`,
        key: expect.stringMatching(/^[0-9a-f-]{36}$/),
        body: expect.objectContaining(body),
      },
    ]);
    expect(result.current.data).toMatchObject({ status: 'running', isReplay: false, containerIds: [expect.stringMatching(/^cnt_/)] });
  });

  test('the old edition has one route, with the words in the brief and variants', async () => {
    const world = createSentWorld({ edition: 'legacy' }, { edition: 'legacy' });
    const { result } = await render(world);
    result.current.mutate({ format: 'ugc-remix', hook: 'Hi', influencerId: 'inf_1', brief: { language: 'en-US' }, variantCount: 3 });
    await pass(100);
    expect(world.sent).toEqual([
      {
        path: `/v1/projects/${world.projectId}/content`,
        key: expect.any(String),
        body: { format: 'ugc_remix', brief: { language: 'en-US', hook: 'Hi', influencerId: 'inf_1' }, variantCount: 3 },
      },
    ]);
    expect(result.current.data?.containerIds).toHaveLength(3);
  });

  test('without a project nothing is sent', async () => {
    const world = createSentWorld();
    const { result } = await renderHook(() => useGenerate(null), { wrapper: world.wrapper });
    result.current.mutate(slideshow);
    await pass(100);
    expect(result.current.problem).toMatchObject({ kind: 'fields', fields: [{ field: 'projectId' }] });
    expect(world.sent).toEqual([]);
  });
});

describe('a list that somebody comes back to', () => {
  /** A form and a list, of which one is shown: as a host's router does it. */
  const useScreens = (world: World, place: string) => ({
    generate: useGenerate(world.projectId),
    list: useContainerList(place === 'list' ? world.projectId : null, { limit: 20 }).data,
    progress: useContainerProgress(place === 'detail' ? place : null).data,
  });

  test.each(['list', 'form'])('has what was made while the %s was shown within 5 s, or counts it, for one read', async (at) => {
    const world = createSentWorld({ containers: 30, generation: shortLife(60_000) });
    const { result, rerender } = await renderHook((place: string = 'list') => useScreens(world, place), { wrapper: world.wrapper });
    await pass(2_000);
    expect(result.current.list?.containers).toHaveLength(20);
    await rerender(at);
    const accepted = await result.current.generate.mutateAsync(slideshow);
    await rerender('detail');
    await pass(10_000);
    world.simulator.clearRequests();
    await rerender('list');
    await pass(at === 'list' ? 100 : 5_000);
    const { list } = result.current;
    const isShown = list?.containers.some(({ id }) => id === accepted.containerIds[0]);
    expect([isShown, list?.newCount]).toEqual(at === 'list' ? [true, 0] : [false, 1]);
    expect(world.reads(/content\?limit=20$/)).toHaveLength(at === 'list' ? 0 : 1);
  });
});

describe('one intent is sent once', () => {
  test('a double click is one request, under StrictMode too', async () => {
    const world = createSentWorld();
    const { result } = await renderHook(() => useGenerate(world.projectId), {
      wrapper: ({ children }) => <StrictMode>{world.wrapper({ children })}</StrictMode>,
    });
    const done = vi.fn();
    result.current.mutate(slideshow, { onSuccess: done });
    result.current.mutate({ ...slideshow }, { onSuccess: done });
    await pass(100);
    expect(world.sent).toHaveLength(1);
    expect(await made(world)).toBe(1);
    expect(result.current.status).toBe('success');
    expect(done).toHaveBeenCalledTimes(1);
  });

  test('two forms with the same words at the same time are one intent, with other words two', async () => {
    const world = createSentWorld();
    const { result } = await renderHook(() => [useGenerate(world.projectId), useGenerate(world.projectId)] as const, {
      wrapper: world.wrapper,
    });
    const [one, other] = result.current;
    const answers = await Promise.all([
      one.mutateAsync(slideshow),
      other.mutateAsync(slideshow),
      other.mutateAsync({ ...slideshow, hook: 'Other' }),
    ]);
    expect(answers[1]).toBe(answers[0]);
    expect(answers[2].jobId).not.toBe(answers[0]?.jobId);
    expect(keys(world).size).toBe(2);
  });

  test('the same words after a success are a new intent', async () => {
    const world = createSentWorld();
    const { result } = await render(world);
    const first = await result.current.mutateAsync(slideshow);
    const second = await result.current.mutateAsync(slideshow);
    expect(second.jobId).not.toBe(first.jobId);
    expect(keys(world).size).toBe(2);
    expect(await made(world)).toBe(2);
  });

  test.each(['drop', 'hang', 'html', 'empty'] as const)(
    'an answer lost (%s) after the server made it is found again: one container, told as a replay',
    async (kind) => {
      const world = createSentWorld({ faults: [{ kind, match: post, times: 1, takesEffect: true }] }, { timeoutMs: 5_000 });
      const { result } = await render(world);
      result.current.mutate(slideshow);
      await pass(10_000);
      expect(result.current).toMatchObject({ status: 'success', data: { isReplay: true }, problem: null });
      expect(result.current.notice).toBe('This was started before and goes on. Nothing was made twice.');
      expect(world.sent).toHaveLength(2);
      expect(keys(world).size).toBe(1);
      expect(await made(world)).toBe(1);
    },
  );

  test('every try failed: a person hears of it after four, and the same words submitted again carry the same key', async () => {
    const world = createSentWorld({ faults: [{ kind: 'drop', match: post, times: 4, takesEffect: true }] });
    const { result } = await render(world);
    result.current.mutate(slideshow);
    await pass(20_000);
    expect(world.sent).toHaveLength(4);
    expect(result.current.problem).toMatchObject({ kind: 'unknown', fields: [] });
    expect(result.current.problem?.message).toMatch(/not made twice/);
    result.current.mutate(slideshow);
    await pass(1_000);
    expect(result.current.data?.isReplay).toBe(true);
    expect(keys(world).size).toBe(1);
    expect(await made(world)).toBe(1);
  });

  test('where nothing answers at all, a person hears of it within three quarters of a minute', async () => {
    const world = createSentWorld({ faults: [{ kind: 'hang', match: post }] });
    const { result } = await render(world);
    result.current.mutate(slideshow);
    await pass(45_000);
    expect(result.current.problem?.kind).toBe('unknown');
    expect(world.sent).toHaveLength(2);
    await pass(600_000);
    expect(world.sent).toHaveLength(2);
  });

  test('a key is not used for longer than the API remembers it', async () => {
    const world = createSentWorld({ faults: [{ kind: 'drop', match: post, times: 4 }] });
    const { result } = await render(world);
    result.current.mutate(slideshow);
    await pass(20_000);
    vi.setSystemTime(Date.now() + 24 * 60 * 60_000);
    result.current.mutate(slideshow);
    await pass(100);
    expect(result.current.status).toBe('success');
    expect(keys(world).size).toBe(2);
  });

  test('another project in the meantime: the start goes on where it was meant, and this hook shows the new one', async () => {
    const world = createSentWorld({ projectIds: ['prj_one', 'prj_two'], faults: [{ kind: 'latency', latencyMs: 2_000, match: post }] });
    const { result, rerender } = await renderHook((projectId: string = 'prj_one') => useGenerate(projectId), { wrapper: world.wrapper });
    result.current.mutate(slideshow);
    await pass(500);
    await rerender('prj_two');
    expect(result.current.status).toBe('idle');
    await pass(3_000);
    expect(result.current.status).toBe('idle');
    expect((await world.client.listContainers('prj_one')).containers).toHaveLength(1);
    expect((await world.client.listContainers('prj_two')).containers).toHaveLength(0);
  });

  test('other words after a failure are a new intent, and going back to the first finds the first', async () => {
    const world = createSentWorld({ faults: [{ kind: 'drop', match: post, times: 4, takesEffect: true }] });
    const { result } = await render(world);
    result.current.mutate(slideshow);
    await pass(20_000);
    world.sent.length = 0;
    await result.current.mutateAsync({ ...slideshow, hook: 'Other' });
    const first = await result.current.mutateAsync(slideshow);
    expect(first.isReplay).toBe(true);
    expect(keys(world).size).toBe(2);
    expect(await made(world)).toBe(2);
  });

  test('a refusal ends the intent: nothing began, so a corrected world gets a new key', async () => {
    const world = createSentWorld({ faults: [{ kind: 'status', status: 402, match: post, times: 1 }] });
    const { result } = await render(world);
    result.current.mutate(slideshow);
    await pass(5_000);
    expect(result.current.problem?.kind).toBe('credits');
    expect(world.sent).toHaveLength(1);
    result.current.mutate(slideshow);
    await pass(100);
    expect(result.current.data?.isReplay).toBe(false);
    expect(keys(world).size).toBe(2);
  });

  test('a refusal after a lost answer does not let go of the key', async () => {
    const world = createSentWorld({
      faults: [
        { kind: 'drop', match: post, times: 1, takesEffect: true },
        { kind: 'status', status: 402, match: post, times: 1 },
      ],
    });
    const { result } = await render(world);
    result.current.mutate(slideshow);
    await pass(5_000);
    expect(result.current.problem?.kind).toBe('credits');
    result.current.mutate(slideshow);
    await pass(100);
    expect(result.current.data?.isReplay).toBe(true);
    expect(keys(world).size).toBe(1);
    expect(await made(world)).toBe(1);
  });

  test('a form that is left in flight and opened again meets its own intent', async () => {
    const world = createSentWorld({ faults: [{ kind: 'latency', latencyMs: 3_000, match: post }] });
    const first = await render(world);
    first.result.current.mutate(slideshow);
    await pass(500);
    await first.unmount();
    const second = await render(world);
    second.result.current.mutate(slideshow);
    await pass(4_000);
    expect(second.result.current.status).toBe('success');
    expect(world.sent).toHaveLength(1);
    expect(await made(world)).toBe(1);
  });

  test('what is left in flight is made all the same, and is in the cache', async () => {
    const world = createSentWorld({ faults: [{ kind: 'latency', latencyMs: 3_000, match: post }] });
    const { result, unmount } = await render(world);
    result.current.mutate(slideshow);
    await pass(500);
    await unmount();
    await pass(4_000);
    const [job] = world.queryClient.getQueryCache().findAll({ queryKey: ['layers', world.client.scope, 'job'] });
    expect(job?.state.data).toMatchObject({ status: 'running' });
  });
});

describe('what is not tried again by itself', () => {
  test('while the browser is offline: a person hears of it at once', async () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    const world = createSentWorld({ faults: [{ kind: 'drop', match: post, times: 1 }] });
    const { result } = await render(world);
    result.current.mutate(slideshow);
    await pass(100);
    expect(result.current.problem?.kind).toBe('unknown');
    await pass(60_000);
    expect(world.sent).toHaveLength(1);
    result.current.mutate(slideshow);
    await pass(100);
    expect(result.current.status).toBe('success');
    expect(keys(world).size).toBe(1);
  });

  test('too many running at once: that ends with a job, not with time', async () => {
    const world = createSentWorld({ maxConcurrentJobs: 1, generation: shortLife(60_000) });
    const { result } = await render(world);
    await result.current.mutateAsync(slideshow);
    result.current.mutate({ ...slideshow, hook: 'Other' });
    await pass(40_000);
    expect(result.current.problem).toMatchObject({ kind: 'concurrency', retryAfterMs: 30_000 });
    expect(result.current.problem?.message).toBe('Too much is being made at once. Wait until something is ready, then try again.');
    expect(world.sent).toHaveLength(2);
  });

  test('too many requests, where the API names no time or a long one', async () => {
    const world = createSentWorld({ faults: [{ kind: 'status', status: 429, match: post, times: 1 }] });
    const { result } = await render(world);
    result.current.mutate(slideshow);
    await pass(40_000);
    expect(result.current.problem).toMatchObject({ kind: 'rate', retryAfterMs: null });
    world.simulator.setFaults([{ kind: 'status', status: 429, retryAfter: '90', match: post, times: 1 }]);
    result.current.mutate(slideshow);
    await pass(40_000);
    expect(result.current.problem).toMatchObject({ kind: 'rate', retryAfterMs: 90_000 });
    expect(result.current.problem?.message).toMatch(/Try again in 2 minutes\.$/);
    expect(world.sent).toHaveLength(2);
  });

  test('a suspended key, and 5xx that asks to wait for long', async () => {
    const world = createSentWorld({ faults: [{ kind: 'status', status: 503, code: 'KILL_SWITCH', match: post, times: 1 }] });
    const { result } = await render(world);
    result.current.mutate(slideshow);
    await pass(40_000);
    expect(result.current.problem?.kind).toBe('suspended');
    world.simulator.setFaults([{ kind: 'status', status: 503, retryAfter: '120', match: post, times: 1 }]);
    result.current.mutate(slideshow);
    await pass(100);
    expect(result.current.problem).toMatchObject({ kind: 'unknown', retryAfterMs: 120_000 });
    expect(world.sent).toHaveLength(2);
  });
});

test('a short Retry-After is waited for, and not shortened', async () => {
  const world = createSentWorld({ faults: [{ kind: 'status', status: 429, retryAfter: '7', match: post, times: 1 }] });
  const { result } = await render(world);
  result.current.mutate(slideshow);
  await pass(6_800);
  expect(world.sent).toHaveLength(1);
  await pass(1_000);
  expect(world.sent).toHaveLength(2);
  expect(result.current.status).toBe('success');
  expect(keys(world).size).toBe(1);
});

describe('conflicts', () => {
  const conflict = { kind: 'status', status: 409, code: 'IDEMPOTENCY_CONFLICT', match: post } as const;

  test('after a lost answer it says that the first is still worked on: it is asked again, and found', async () => {
    const world = createSentWorld({
      faults: [
        { kind: 'drop', match: post, times: 1, takesEffect: true },
        { ...conflict, times: 1 },
      ],
    });
    const { result } = await render(world);
    result.current.mutate(slideshow);
    await pass(12_000);
    expect(result.current.data?.isReplay).toBe(true);
    expect(world.sent).toHaveLength(3);
    expect(keys(world).size).toBe(1);
  });

  test('at the first request it is told at once, and the next submit has another key', async () => {
    const world = createSentWorld({ faults: [{ ...conflict, times: 1 }] });
    const { result } = await render(world);
    result.current.mutate(slideshow);
    await pass(10_000);
    expect(result.current.problem).toMatchObject({ kind: 'sent_before' });
    expect(world.sent).toHaveLength(1);
    result.current.mutate(slideshow);
    await pass(100);
    expect(result.current.status).toBe('success');
    expect(keys(world).size).toBe(2);
  });

  test('any other 409 is another thing', async () => {
    const world = createSentWorld({ faults: [{ kind: 'status', status: 409, match: post }] });
    const { result } = await render(world);
    result.current.mutate(slideshow);
    await pass(10_000);
    expect(result.current.problem).toMatchObject({ kind: 'conflict' });
    expect(world.sent).toHaveLength(1);
  });
});

describe('what a person is told', () => {
  test('402 says how much is missing', async () => {
    const world = createSentWorld({ credits: 70 });
    const { result } = await render(world);
    result.current.mutate({ format: 'ugc-remix', influencerId: 'inf_1' });
    await pass(100);
    expect(result.current.problem).toMatchObject({ kind: 'credits', missingCredits: 50 });
    expect(result.current.problem?.message).toBe('50 more credits are needed for this. Nothing was started.');
  });

  test.each<[object, [string, string][]]>([
    [{ format: 'slideshow-builder' }, [['hook', 'Fill this in.']]],
    [{ format: 'slideshow-builder', hook: ' \n' }, [['hook', 'Fill this in.']]],
    [{ format: 'slideshow-builder', hook: 'x'.repeat(2_001) }, [['hook', 'Use at most 2,000 characters.']]],
    [{ format: 'ugc-remix', hook: 'Hi' }, [['influencerId', 'Choose an account or an influencer.']]],
    [
      { format: 'video-remix' },
      [
        ['tiktokVideoId', 'Fill this in.'],
        ['influencerId', 'Choose an account or an influencer.'],
      ],
    ],
    [{ format: '' }, [['format', 'Fill this in.']]],
    [{ ...slideshow, variantCount: 3 }, [['variantCount', 'This cannot be set here.']]],
  ])('%j is told at its fields before it is sent', async (input, fields) => {
    const world = createSentWorld();
    const { result } = await render(world);
    result.current.mutate(input as GenerateInput);
    await pass(50);
    expect(result.current.problem?.kind).toBe('fields');
    expect(result.current.problem?.fields.map(({ field, message }) => [field, message])).toEqual(fields);
    expect(result.current.error).toMatchObject({ code: 'INVALID_INPUT' });
    expect(world.simulator.requests).toEqual([]);
  });

  test('what only the API knows is told at its field: no app demo, a source that is no slideshow', async () => {
    const world = createSentWorld({ appDemo: false });
    const { result } = await render(world);
    result.current.mutate({ format: 'ugc-remix', influencerId: 'inf_1' });
    await pass(100);
    expect(result.current.problem?.fields).toMatchObject([{ field: 'mediaId', message: 'This project has no app demo. Choose one.' }]);
    world.simulator.setFaults([{ kind: 'status', status: 422, details: { code: 'NOT_A_SLIDESHOW' }, match: post }]);
    result.current.mutate({ format: 'slideshow-remix', tiktokVideoId: '7391', influencerId: 'inf_1' });
    await pass(100);
    expect(result.current.problem?.fields).toMatchObject([{ field: 'tiktokVideoId', problem: 'not_a_slideshow' }]);
  });

  test('the old edition names fields of the brief; here they have the names of our input', async () => {
    const details = { issues: [{ path: ['brief', 'hook'], message: 'Too shouty' }] };
    const world = createSentWorld(
      { edition: 'legacy', faults: [{ kind: 'status', status: 400, code: 'VALIDATION_FAILED', details, match: post }] },
      { edition: 'legacy' },
    );
    const { result } = await render(world);
    result.current.mutate({ format: 'auto', hook: 'BUY' });
    await pass(100);
    expect(result.current.problem).toMatchObject({ kind: 'fields', fields: [{ field: 'hook', message: 'Too shouty', problem: null }] });
  });

  test('an error goes when the next submit begins', async () => {
    const world = createSentWorld();
    const { result } = await render(world);
    result.current.mutate({ format: 'slideshow-builder' } as GenerateInput);
    await pass(50);
    expect(result.current.problem).not.toBeNull();
    result.current.mutate(slideshow);
    await pass(100);
    expect(result.current.problem).toBeNull();
  });
});

describe('what was started is followed at once', () => {
  test('progress and job are there before their first read, and go on from there', async () => {
    const world = createSentWorld({ generation: shortLife(10_000) });
    const { result } = await renderHook(
      () => {
        const generate = useGenerate(world.projectId);
        const id = generate.data?.containerIds[0];
        return { generate, progress: useContainerProgress(id).data, job: useJob(generate.data?.jobId).data, record: useContainer(id).data };
      },
      { wrapper: world.wrapper },
    );
    const accepted = await result.current.generate.mutateAsync(slideshow);
    expect(world.queryClient.getQueryData(layersKeys.progress(world.client, accepted.containerIds[0] as string))).toMatchObject({
      status: 'queued',
      isTerminal: false,
    });
    const job = world.queryClient.getQueryData(layersKeys.job(world.client, accepted.jobId));
    expect(job).toMatchObject({ status: 'running', containerIds: accepted.containerIds });
    expect(job).not.toHaveProperty('isReplay');
    await pass(5_000);
    expect(result.current.progress).toMatchObject({ status: 'processing', stage: 'generating_visuals' });
    expect(result.current.record?.status).toBe('processing');
    await pass(10_000);
    expect(result.current.progress).toMatchObject({ status: 'completed', percent: 100 });
    expect(result.current.job).toMatchObject({ status: 'completed', progress: 1 });
    expect(result.current.record?.preview).not.toBeNull();
  });

  test('lists of the project learn of it by one read of their first page; other projects are left alone', async () => {
    const projectIds = ['prj_one', 'prj_two'];
    const world = createSentWorld({
      containers: [{ projectId: 'prj_one', state: 'completed', createdAt: Date.now() - 60_000 }],
      projectIds,
    });
    const { result } = await renderHook(
      () => ({
        generate: useGenerate('prj_one'),
        list: useContainerList('prj_one', { refreshInterval: false }).data,
        other: useContainerList('prj_two', { refreshInterval: false }).data,
      }),
      { wrapper: world.wrapper },
    );
    await pass(500);
    const before = result.current.list?.containers.length ?? 0;
    world.simulator.clearRequests();
    const accepted = await result.current.generate.mutateAsync(slideshow);
    await pass(500);
    expect(result.current.list?.newCount).toBe(1);
    expect(result.current.list?.containers).toHaveLength(before);
    expect(accepted.projectId).toBe('prj_one');
    expect(world.reads(/\/content(\?|$)/)).toEqual([expect.stringContaining('/v1/projects/prj_one/content')]);
  });

  test('a list that nobody looks at is read when it is seen again', async () => {
    const world = createSentWorld({ containers: 3 });
    const list = await renderHook(() => useContainerList(world.projectId).data, { wrapper: world.wrapper });
    await pass(500);
    const before = list.result.current?.containers.length ?? 0;
    await list.unmount();
    const { result } = await render(world);
    await result.current.mutateAsync(slideshow);
    await pass(100);
    const again = await renderHook(() => useContainerList(world.projectId).data, { wrapper: world.wrapper });
    await pass(500);
    expect((again.result.current?.containers.length ?? 0) + (again.result.current?.newCount ?? 0)).toBe(before + 1);
  });

  test('where it is not known whether something began, the lists look', async () => {
    const world = createSentWorld({ containers: 3, faults: [{ kind: 'drop', match: post, times: 4, takesEffect: true }] });
    const { result } = await renderHook(
      () => ({ generate: useGenerate(world.projectId), list: useContainerList(world.projectId, { refreshInterval: false }).data }),
      { wrapper: world.wrapper },
    );
    await pass(500);
    result.current.generate.mutate(slideshow);
    await pass(20_000);
    expect(result.current.generate.problem?.kind).toBe('unknown');
    expect(result.current.list?.newCount).toBe(1);
  });
});
