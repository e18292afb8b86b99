import { monotonicNow } from '../../src/internal/monotonicNow.js';
import { describe, expect, test, vi } from 'vitest';
import { createLayersClient, isLayersError, type LayersError } from '../../src/core.js';
import { createSimulator, type SimulatorFault } from '../../src/testing.js';

const base = { baseUrl: 'https://layers.invalid' };

async function refusal(promise: Promise<unknown>): Promise<LayersError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isLayersError(error)) throw new Error(`expected a LayersError, got ${String(error)}`);
  return error;
}

const failing = (fault: SimulatorFault) => {
  const simulator = createSimulator({ tier: 'off', containers: 3 });
  const [row] = simulator.projectIds;
  const id = simulator.addContainer({ state: 'completed' });
  simulator.setFaults([fault]);
  return { client: createLayersClient({ ...base, fetch: simulator.fetch, timeoutMs: 200 }), simulator, id, projectId: row as string };
};

describe('reading', () => {
  test.each(['current', 'legacy'] as const)('gives the same normalized container from the %s edition', async (edition) => {
    const simulator = createSimulator({ edition, tier: 'off' });
    const id = simulator.addContainer({ state: 'completed', format: 'video-remix', generation: { kind: 'video' } });
    const client = createLayersClient({ ...base, fetch: simulator.fetch, edition });
    const container = await client.getContainer(id);
    expect(container).toMatchObject({ id, status: 'completed', format: 'video-remix', creativeType: 'generated' });
    expect(container.preview).toMatchObject({ kind: 'video', aspectRatio: '9:16' });
    const page = await client.listContainers(simulator.projectIds[0] as string, {
      status: ['processing', 'completed'],
      format: 'video-remix',
    });
    expect(page.containers.map((row) => row.id)).toEqual([id]);
  });

  test('walks a list by its cursor to the end, every row once', async () => {
    const simulator = createSimulator({ containers: 61, tier: 'off' });
    const client = createLayersClient({ ...base, fetch: simulator.fetch });
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await client.listContainers(simulator.projectIds[0] as string, { limit: 20 }, { cursor });
      seen.push(...page.containers.map((row) => row.id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toHaveLength(61);
    expect(new Set(seen).size).toBe(61);
  });

  test('sends arrays as repeated keys and the spelling of its edition', async () => {
    const fetch = vi.fn(async () => Response.json({ items: [] }));
    await createLayersClient({ ...base, fetch, edition: 'legacy' }).listContainers('prj_1', {
      status: ['queued', 'processing'],
      format: ['ugc-remix', 'video_remix'],
      since: '2026-04-01T02:00:00+02:00',
      limit: 200,
    });
    await createLayersClient({ ...base, fetch }).listContainers('prj_1', { status: 'processing', format: 'video_remix' });
    expect(fetch.mock.calls.map(([url]: unknown[]) => url)).toEqual([
      'https://layers.invalid/v1/projects/prj_1/content?status=queued&status=generating&format=ugc_remix&format=video_remix&since=2026-04-01T00%3A00%3A00.000Z&limit=200',
      'https://layers.invalid/v1/projects/prj_1/content?status=processing&format=video-remix',
    ]);
  });

  test('reads a job again with its ETag, and a 304 gives the same object', async () => {
    const simulator = createSimulator({ tier: 'off' });
    const client = createLayersClient({ ...base, fetch: simulator.fetch });
    const accepted = await client.generate(simulator.projectIds[0] as string, { format: 'slideshow-builder', hook: 'Small steps' });
    const first = await client.getJob(accepted.jobId);
    const second = await client.getJob(accepted.jobId);
    expect(simulator.requests.at(-1)?.status).toBe(304);
    expect(second).toBe(first);
  });

  test('equal reads that overlap are one request, and an unchanged answer is the same object', async () => {
    const simulator = createSimulator({ tier: 'off' });
    const id = simulator.addContainer({ state: 'completed' });
    const client = createLayersClient({ ...base, fetch: simulator.fetch });
    const [one, other] = await Promise.all([client.getContainer(id), client.getContainer(id)]);
    expect(simulator.requests).toHaveLength(1);
    expect(other).toBe(one);
    expect(await client.getContainer(id)).toBe(one);
    expect(simulator.requests).toHaveLength(2);
  });

  test('a caller that cancels does not cancel the read of another; the last one does', async () => {
    let aborted = false;
    let sent = 0;
    const fetch = (_: string, { signal }: RequestInit) =>
      new Promise<Response>((resolve, reject) => {
        sent += 1;
        if (sent === 1) setTimeout(() => resolve(Response.json({ id: 'cnt_1', status: 'queued' })), 30);
        signal?.addEventListener('abort', () => {
          aborted = true;
          reject(signal.reason);
        });
      });
    const client = createLayersClient({ ...base, fetch });
    const first = new AbortController();
    const canceled = client.getContainer('cnt_1', { signal: first.signal });
    const kept = client.getContainer('cnt_1');
    first.abort();
    await expect(canceled).rejects.toMatchObject({ name: 'AbortError' });
    await expect(kept).resolves.toMatchObject({ id: 'cnt_1' });
    expect(aborted).toBe(false);
    const last = new AbortController();
    const alone = client.getContainer('cnt_1', { signal: last.signal });
    await vi.waitFor(() => expect(sent).toBe(2));
    last.abort();
    await expect(alone).rejects.toMatchObject({ name: 'AbortError' });
    await vi.waitFor(() => expect(aborted).toBe(true));
  });
});

describe('what goes wrong is told', () => {
  test('an unknown id keeps the code, the message and the request id of the API', async () => {
    const { client } = failing({ kind: 'latency', latencyMs: 1 });
    const error = await refusal(client.getContainer('cnt_00000000-0000-4000-8000-000000000000'));
    expect(error).toMatchObject({ code: 'NOT_FOUND', status: 404, retryable: false });
    expect(error.requestId).toMatch(/^req_/);
  });

  test('a key without the scope gets FORBIDDEN_SCOPE, and another project is not told from none', async () => {
    const simulator = createSimulator({
      apiKeys: [
        { key: 'lp_narrow', scopes: ['jobs:read'] },
        { key: 'lp_other', projectIds: ['prj_other'] },
      ],
    });
    const id = simulator.addContainer({ state: 'completed' });
    const as = (key: string) => createLayersClient({ ...base, fetch: simulator.fetch, headers: { authorization: `Bearer ${key}` } });
    expect(await refusal(as('lp_narrow').getContainer(id))).toMatchObject({ code: 'FORBIDDEN_SCOPE', status: 403 });
    expect(await refusal(as('lp_other').getContainer(id))).toMatchObject({ code: 'NOT_FOUND', status: 404 });
    expect(await refusal(as('lp_other').listContainers(simulator.projectIds[0] as string))).toMatchObject({ code: 'NOT_FOUND' });
  });

  test.each([
    ['limit', { limit: 0 }],
    ['limit', { limit: 201 }],
    ['status', { status: 'rendering' }],
    ['since', { since: 'last tuesday' }],
    ['creativeType', { creativeType: 'drawn' }],
  ])('a bad filter %s is refused before a read is spent on it', async (path, filters) => {
    const { client, simulator, projectId } = failing({ kind: 'latency', latencyMs: 1 });
    const error = await refusal(client.listContainers(projectId, filters as never));
    expect(error).toMatchObject({ code: 'INVALID_INPUT', retryable: false, details: { path } });
    expect(error.message).toContain('It takes');
    expect(simulator.requests).toHaveLength(0);
  });

  test('a cursor the server refuses is an error that can be told, not a crash', async () => {
    const { client, projectId } = failing({ kind: 'latency', latencyMs: 1 });
    const error = await refusal(client.listContainers(projectId, {}, { cursor: 'expired' }));
    expect(error.status).toBe(422);
    expect(error.requestId).toMatch(/^req_/);
  });

  test.each<[SimulatorFault, object]>([
    [
      { kind: 'html', status: 500 },
      { code: 'HTTP_500', status: 500, retryable: true },
    ],
    [
      { kind: 'html', status: 403 },
      { code: 'HTTP_403', status: 403, retryable: false },
    ],
    [
      { kind: 'status', status: 429, retryAfter: '7' },
      { code: 'RATE_LIMITED', retryAfterMs: 7_000, retryable: true },
    ],
    [
      { kind: 'status', status: 503, code: 'KILL_SWITCH' },
      { code: 'KILL_SWITCH', retryable: false },
    ],
    [{ kind: 'empty' }, { code: 'INVALID_RESPONSE' }],
    [{ kind: 'truncated-json' }, { code: 'INVALID_RESPONSE' }],
    [{ kind: 'drop' }, { code: 'NETWORK', status: null, retryable: true }],
    [{ kind: 'hang' }, { code: 'TIMEOUT', status: null, retryable: true }],
  ])('%o becomes %o', async (fault, expected) => {
    const { client, id } = failing(fault);
    const error = await refusal(client.getContainer(id));
    expect(error).toMatchObject(expected);
    expect(error.message).not.toMatch(/[<>{]|undefined|null/);
    expect(error.message.length).toBeGreaterThan(20);
  });

  test('a row that cannot be read costs the page none of its good ones', async () => {
    const { client, projectId } = failing({ kind: 'bad-row' });
    const page = await client.listContainers(projectId);
    expect(page.containers).toHaveLength(3);
    expect(page.invalid).toHaveLength(1);
  });

  test('a preview with a javascript: URL never gets as far as a page', async () => {
    const { client, id } = failing({ kind: 'unsafe-url' });
    const container = await client.getContainer(id);
    expect(JSON.stringify(container)).not.toContain('javascript:');
  });

  test('Retry-After as a date is measured on the clock of the server that sent it', async () => {
    const headers = { date: 'Sun, 22 Nov 2020 10:00:00 GMT', 'retry-after': 'Sun, 22 Nov 2020 10:00:09 GMT' };
    const client = createLayersClient({ ...base, fetch: async () => new Response('', { status: 429, headers }) });
    expect((await refusal(client.getContainer('cnt_1'))).retryAfterMs).toBe(9_000);
  });
});

describe('a 503 with Retry-After', () => {
  const pausedAfter = async (code: string) => {
    const body = JSON.stringify({ error: { code, message: 'Later.', requestId: 'req_1' } });
    const respond = async () => new Response(body, { status: 503, headers: { 'retry-after': '30' } });
    const client = createLayersClient({ baseUrl: '/api', scope: `503 ${code}`, fetch: respond });
    expect((await refusal(client.getContainer('cnt_1'))).retryAfterMs).toBe(30_000);
    return client.lines['read-light'].budget.pausedUntil > monotonicNow();
  };

  test('of the API pauses everything; of the server part, whose budget is spent, only what was asked for', async () => {
    expect(await pausedAfter('UNAVAILABLE')).toBe(true);
    expect(await pausedAfter('READ_BUDGET_SPENT')).toBe(false);
  });
});

describe('caches on the way', () => {
  test('an answer is as old as its Age says, and an ETag brings a 304', async () => {
    const sent: RequestInit[] = [];
    const fetch = async (_: string, init: RequestInit) => {
      sent.push(init);
      const isKnown = new Headers(init.headers).has('if-none-match');
      return new Response(isKnown ? null : '{"id":"cnt_1","status":"queued"}', {
        status: isKnown ? 304 : 200,
        headers: { age: '7', etag: '"1"' },
      });
    };
    const client = createLayersClient({ baseUrl: '/api', scope: 'ages', fetch });
    const first = await client.schedule.read('record', 'cnt_1', 'first');
    expect(monotonicNow() - first.askedAt).toBeGreaterThanOrEqual(7_000);
    const again = await client.schedule.read('record', 'cnt_1', 'rest');
    const byPerson = await client.schedule.read('record', 'cnt_1', 'person');
    for (const read of [again, byPerson]) expect('value' in read && 'value' in first && read.value === first.value).toBe(true);
    // Only what a person asks for is made anew, and has no condition.
    expect(sent.map(({ cache, headers }) => [cache, new Headers(headers).get('if-none-match')])).toEqual([
      [undefined, null],
      [undefined, '"1"'],
      ['no-cache', null],
    ]);
    client.close();
  });
});

describe('options', () => {
  test.each([
    [{ baseUrl: '' }, 'baseUrl'],
    [{ baseUrl: '/api', edition: 'newest' }, 'edition'],
    [{ baseUrl: '/api', readsPerMinute: 0 }, 'readsPerMinute'],
    [{ baseUrl: '/api', readsPerMinute: -3 }, 'readsPerMinute'],
    [{ baseUrl: '/api', readsPerMinute: Number.NaN }, 'readsPerMinute'],
    [{ baseUrl: '/api', readsPerMinute: '96' }, 'readsPerMinute'],
    [{ baseUrl: '/api', timeoutMs: 0 }, 'timeoutMs'],
    [{ baseUrl: '/api', timeoutMs: 5n }, 'timeoutMs'],
    [{ baseUrl: '/api', fetch: 'fetch' }, 'fetch'],
    [{ baseUrl: '/api', headers: 'x-session: 1' }, 'headers'],
  ])('%o is refused by name', (options, path) => {
    expect(() => createLayersClient(options as never)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', details: expect.objectContaining({ path }) }),
    );
  });

  test('null is none, as JavaScript callers write it', async () => {
    const fetch = vi.fn(async (_url: string) => Response.json({ id: 'cnt_1', status: 'queued' }));
    const none = { headers: null, edition: null, readsPerMinute: null, timeoutMs: null, deadlineMs: null, scope: null, shareTabs: null };
    await expect(createLayersClient({ baseUrl: '/api', fetch, ...none } as never).getContainer('cnt_1')).resolves.toMatchObject({
      id: 'cnt_1',
    });
  });

  test('a base URL may end in / or /v1, and an id cannot climb out of its route', async () => {
    const fetch = vi.fn(async (_url: string) => Response.json({ id: 'cnt_1', status: 'queued' }));
    await createLayersClient({ baseUrl: '/api/layers/v1/', fetch }).getContainer('../jobs/1?x=/');
    expect(fetch.mock.calls[0]?.[0]).toBe('/api/layers/v1/content/..%2Fjobs%2F1%3Fx%3D%2F');
    await expect(createLayersClient({ baseUrl: '/api', fetch }).getContainer('')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  test('clients of two sessions spend from two budgets, and neither names the secret', () => {
    const as = (token: string) => createLayersClient({ baseUrl: '/api', headers: { authorization: `Bearer ${token}` } });
    const [one, same, other] = [as('one'), as('one'), as('other')];
    expect(one.lines).toBe(same.lines);
    expect(one.lines).not.toBe(other.lines);
    expect(one.connection).not.toBe(other.connection);
    expect(one.connection).not.toContain('one');
  });

  test('the scope says whose data it is, and nothing of the address or the headers', () => {
    expect(createLayersClient({ baseUrl: '/api', headers: { authorization: 'Bearer one' } }).scope).toBe('');
    expect(createLayersClient({ baseUrl: 'https://api.layers.invalid', scope: 'user-7' }).scope).toBe('user-7');
  });
});

describe('writing', () => {
  test('a retry with the same idempotency key replays the first answer, and another body is a conflict', async () => {
    const simulator = createSimulator({ tier: 'off' });
    const [projectId = ''] = simulator.projectIds;
    const client = createLayersClient({ ...base, fetch: simulator.fetch });
    const input = { format: 'slideshow-builder', hook: 'Small steps' } as const;
    const first = await client.generate(projectId, input, { idempotencyKey: 'intent-1' });
    expect((await client.generate(projectId, input, { idempotencyKey: 'intent-1' })).jobId).toBe(first.jobId);
    const error = await refusal(client.generate(projectId, { ...input, hook: 'Other' }, { idempotencyKey: 'intent-1' }));
    expect(error).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT', status: 409, retryable: false });
    expect((await client.generate(projectId, input)).jobId).not.toBe(first.jobId);
  });

  test('the old edition generates through its unified route', async () => {
    const simulator = createSimulator({ edition: 'legacy', tier: 'off' });
    const client = createLayersClient({ ...base, fetch: simulator.fetch, edition: 'legacy' });
    const job = await client.generate(simulator.projectIds[0] as string, {
      format: 'ugc-remix',
      hook: 'Small steps',
      influencerId: 'inf_1',
    });
    expect(job).toMatchObject({ status: 'running' });
    expect((await client.getContainer(job.containerIds[0] as string)).hook).toBe('Small steps');
  });

  test('approves once; the second time tells who won', async () => {
    const simulator = createSimulator({ tier: 'off' });
    const id = simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
    const client = createLayersClient({ ...base, fetch: simulator.fetch });
    expect(await client.approve(id, { note: 'Good' })).toMatchObject({ approvalStatus: 'approved' });
    expect(await refusal(client.reject(id, { reason: 'Too late' }))).toMatchObject({
      code: 'CONFLICT',
      details: { approvalStatus: 'approved' },
    });
  });

  test('a read that was in flight when something was written is not joined by a later one', async () => {
    const simulator = createSimulator({ tier: 'off' });
    const id = simulator.addContainer({ state: 'completed', approvalStatus: 'pending' });
    const client = createLayersClient({ ...base, fetch: simulator.fetch });
    simulator.setFaults([{ kind: 'latency', latencyMs: 40, match: /GET/, times: 1 }]);
    const before = client.getContainer(id);
    await client.approve(id);
    expect((await client.getContainer(id)).approvalStatus).toBe('approved');
    await before;
  });
});
