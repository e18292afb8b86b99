import { describe, expect, test } from 'vitest';
import { type Answer, setup, slow, start, type WireBody } from './support.js';

const minute = 60_000;

async function everyPage(get: (path: string) => Promise<{ body: WireBody }>, path: string, onPage: () => void = () => {}) {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const { body }: { body: WireBody } = await get(`${path}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
    ids.push(...body.items.map(({ id }) => id));
    cursor = body.nextCursor;
    onPage();
  } while (cursor !== null);
  return ids;
}

describe('the list', () => {
  test('is newest first, 25 a page by default, and ends with a null cursor', async () => {
    const { get, project } = setup({ containers: 60, tier: 'off' });
    const { body } = await get(`/v1/projects/${project}/content`);
    expect(body.items).toHaveLength(25);
    const created = body.items.map(({ createdAt }) => createdAt);
    expect(created).toEqual([...created].sort().reverse());
    const ids = await everyPage(get, `/v1/projects/${project}/content?limit=7`);
    expect(new Set(ids).size).toBe(60);
    expect((await get(`/v1/projects/${project}/content?limit=60`)).body.nextCursor).toBeNull();
  });

  test('keeps its pages when rows are put in on top and taken out below', async () => {
    const { simulator, get, project } = setup({ containers: 30, tier: 'off' });
    const path = `/v1/projects/${project}/content?limit=10`;
    const before = await everyPage(get, path);
    const during = await everyPage(get, path, () => {
      simulator.addContainer();
      simulator.addContainer();
    });
    expect(during).toEqual(before);
    const { body } = await get(path);
    const last = body.items.at(-1)?.id ?? '';
    simulator.removeContainer(last);
    const next = await get(`${path}&cursor=${body.nextCursor}`);
    expect(next.body.items).toHaveLength(10);
    expect(next.body.items.map(({ id }) => id)).not.toContain(last);
  });

  test('keeps rows of one millisecond in the order they came', async () => {
    const { simulator, get, project } = setup();
    const ids = Array.from({ length: 5 }, () => simulator.addContainer());
    expect(await everyPage(get, `/v1/projects/${project}/content?limit=2`)).toEqual(ids.reverse());
  });

  test('pages through rows made within one second', async () => {
    const { simulator, get, project } = setup();
    const ids = [10, 250, 700, 701, 999].map((ms) => simulator.addContainer({ createdAt: start - 1000 + ms }));
    expect(await everyPage(get, `/v1/projects/${project}/content?limit=1`)).toEqual(ids.reverse());
  });

  test('filters by repeated status, format, creativeType, since and until', async () => {
    const { simulator, get, project } = setup({ generation: slow });
    const queued = simulator.addContainer({ format: 'ugc-remix' });
    const running = simulator.addContainer({ format: 'slideshow-remix', createdAt: start - 30_000 });
    const done = simulator.addContainer({ format: 'ugc-remix', state: 'completed', createdAt: start - 10 * minute });
    const upload = simulator.addContainer({ creativeType: 'uploaded', createdAt: start - 20 * minute });
    const list = async (query: string) => (await get(`/v1/projects/${project}/content?${query}`)).body.items.map(({ id }) => id);
    expect(await list('status=queued&status=processing')).toEqual([queued, running]);
    expect(await list('format=ugc-remix')).toEqual([queued, done]);
    expect(await list('format=ugc-remix&format=slideshow-remix&status=completed')).toEqual([done]);
    expect(await list('creativeType=uploaded')).toEqual([upload]);
    expect(await list('creativeType=generated&status=completed')).toEqual([done]);
    expect(await list('since=2026-04-18T09:20:00Z')).toEqual([queued, running, done]);
    expect(await list('until=2026-04-18T09:20:00Z')).toEqual([done, upload]);
    expect(await list('since=2026-04-18T09:20:00Z&until=2026-04-18T09:20:00Z')).toEqual([done]);
    expect(await list('approvalStatus=approved')).toHaveLength(4);
  });

  test.each([
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['limit=ten', 'limit'],
    ['status=generating', 'status'],
    ['status=completed&status=nope', 'status'],
    ['format=video_remix', 'format'],
    ['creativeType=both', 'creativeType'],
    ['creativeType=generated&creativeType=uploaded', 'creativeType'],
    ['since=yesterday', 'since'],
    ['since=2026-04-18T09:20:00%2B02:00', 'since'],
    ['until=2026-04-18', 'until'],
    ['cursor=garbage', 'cursor'],
    ['cursor=eyJ4IjoxfQ', 'cursor'],
  ])('refuses ?%s with 422 VALIDATION', async (query, path) => {
    const { get, project } = setup();
    const { status, body } = await get(`/v1/projects/${project}/content?${query}`);
    expect([status, body.error.code, body.error.details?.issues?.[0]?.path]).toEqual([422, 'VALIDATION', [path]]);
  });

  test('draws 10,000 containers and reads all of them, 200 at a time, each once and newest first', async () => {
    const { get, project } = setup({ containers: 10_000, tier: 'off' });
    const ids = new Set<string>();
    const created: string[] = [];
    let pages = 0;
    for (let cursor: string | null = ''; cursor !== null; pages += 1) {
      const { body }: Answer = await get(`/v1/projects/${project}/content?limit=200${cursor && `&cursor=${cursor}`}`);
      for (const { id, createdAt } of body.items) {
        ids.add(id);
        created.push(createdAt);
      }
      cursor = body.nextCursor;
    }
    expect([pages, ids.size, created.length]).toEqual([50, 10_000, 10_000]);
    expect(created).toEqual([...created].sort().reverse());
  });
});

describe('a drawn library', () => {
  test('has all that a screen must be able to show', async () => {
    const { get, project } = setup({ containers: 200, tier: 'off' });
    const { items } = (await get(`/v1/projects/${project}/content?limit=200`)).body;
    const count = (test: (row: WireBody) => boolean) => items.filter(test).length;
    expect(count(({ status }) => status === 'completed')).toBeGreaterThan(150);
    for (const status of ['failed', 'canceled']) expect(count((row) => row.status === status)).toBeGreaterThan(0);
    expect(count(({ status }) => status === 'queued' || status === 'processing')).toBe(6);
    for (const kind of ['video', 'slideshow', 'image']) expect(count((row) => row.preview?.kind === kind)).toBeGreaterThan(3);
    for (const approval of ['approved', 'pending', 'rejected', 'not_required']) {
      expect(count((row) => row.approvalStatus === approval)).toBeGreaterThan(0);
    }
    expect(count(({ creativeType }) => creativeType === 'uploaded')).toBeGreaterThan(2);
    expect(count(({ preview }) => preview?.kind === 'video' && preview.thumbnailUrl === null)).toBeGreaterThan(0);
    expect(items.slice(0, 6).every(({ status }) => status === 'queued' || status === 'processing')).toBe(true);
  });
});
