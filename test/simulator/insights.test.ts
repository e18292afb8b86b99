import { describe, expect, test } from 'vitest';
import { setup } from './support.js';

describe('top performers', () => {
  test('are ranked by the metric, gated unless asked otherwise, and carry a preview', async () => {
    const { get, project } = setup({ containers: 60, tier: 'off' });
    const path = `/v1/projects/${project}/top-performers`;
    const { items } = (await get(`${path}?metric=views&limit=100`)).body;
    const values = items.map(({ metricValue }) => Number(metricValue));
    expect(values).toEqual([...values].sort((a, b) => b - a));
    expect(items.map(({ rank }) => rank)).toEqual(items.map((_, index) => index + 1));
    expect(items.every(({ preview }) => preview !== null)).toBe(true);
    const all = (await get(`${path}?metric=views&limit=100&includeIneligible=true`)).body.items;
    expect(all.length).toBeGreaterThan(items.length);
    const week = (await get(`${path}?metric=roas&window=7d&limit=100&includeIneligible=true`)).body.items;
    expect(week.length).toBeLessThan(all.length + 1);
    const manual = (await get(`${path}?metric=views&sourceType=manual&includeIneligible=true`)).body.items;
    expect(manual.every(({ sourceType }) => sourceType === 'manual')).toBe(true);
    expect((await get(`${path}?metric=views&limit=2`)).body.items).toEqual(items.slice(0, 2));
  });

  test.each(['', '?metric=likes', '?metric=views&window=1d', '?metric=views&limit=101', '?metric=views&platform=myspace'])(
    'refuses %s',
    async (query) => {
      const { get, project } = setup();
      expect((await get(`/v1/projects/${project}/top-performers${query}`)).status).toBe(422);
    },
  );
});

describe('hooks and sources', () => {
  test('hooks are fresh each call, with line breaks as two characters', async () => {
    const { get, project } = setup();
    const bank = async () => (await get(`/v1/projects/${project}/content/hooks`)).body.hooks as string[];
    const [one, two] = [await bank(), await bank()];
    expect([one.length, new Set(one).size]).toEqual([20, 20]);
    expect(one).not.toEqual(two);
    expect(one.some((hook) => hook.includes('\\n'))).toBe(true);
    expect(one.some((hook) => hook.includes('\n'))).toBe(false);
  });

  test('hooks need a project that says what it is', async () => {
    const { get, project } = setup({ missingProjectFields: ['appDescription'] });
    const { status, body } = await get(`/v1/projects/${project}/content/hooks`);
    expect([status, body.error.code, body.error.details?.missingFields]).toEqual([422, 'VALIDATION', ['appDescription']]);
  });

  test('sources are drawn by keyword and kind, the cursor is always null', async () => {
    const { get, project } = setup();
    const path = `/v1/projects/${project}/content/source-recommendations`;
    const portfolio = (await get(path)).body;
    expect([portfolio.items.length, portfolio.source, portfolio.nextCursor]).toEqual([20, 'portfolio', null]);
    const search = (await get(`${path}?keyword=fitness%20app&kind=slideshow&limit=50`)).body;
    expect([search.items.length, search.source]).toEqual([50, 'live_search']);
    expect(search.items.every(({ kind }) => kind === 'slideshow')).toBe(true);
    for (const query of ['?limit=51', '?kind=film', `?keyword=${'x'.repeat(201)}`, '?keyword='])
      expect((await get(path + query)).status).toBe(422);
  });
});

describe('projects', () => {
  test('are paged with a cursor', async () => {
    const projectIds = ['prj_1', 'prj_2', 'prj_3'];
    const { get } = setup({ projectIds });
    const first = (await get('/v1/projects?limit=2')).body;
    expect(first.items.map(({ id }) => id)).toEqual(['prj_1', 'prj_2']);
    const second = (await get(`/v1/projects?limit=2&cursor=${first.nextCursor}`)).body;
    expect([second.items.map(({ id }) => id), second.nextCursor]).toEqual([['prj_3'], null]);
    expect((await get('/v1/projects?cursor=x')).status).toBe(422);
  });
});
