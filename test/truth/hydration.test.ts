import { type DehydratedState, dehydrate, hydrate } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseContainer } from '../../src/model/index.js';
import { closePages, followRow, isDetail, lasting, openPage, openPageOf, type Page, tick, stopTime } from './support.js';

vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  closePages();
  vi.useRealTimers();
});

const SCOPE = { scope: 'one person' };

/** What a page's cache holds, as one with another clock would have written it. */
function stateOf({ queryClient }: Page, skewMs: number): DehydratedState {
  const now = Date.now();
  const isTime = (value: unknown): value is number => typeof value === 'number' && Math.abs(value - now) < 3_600_000;
  return JSON.parse(JSON.stringify(dehydrate(queryClient)), (_, value: unknown) => (isTime(value) ? value + skewMs : value));
}

describe.each([300_000, -300_000])('hydrated from a machine whose clock differs by %d ms', (skewMs) => {
  test('a container is read on, and its record and a refetch apply', async () => {
    const server = openPage({}, SCOPE);
    const id = server.simulator.addContainer({ generation: lasting(20_000), approvalStatus: 'pending' });
    followRow(server, id, true);
    await tick(3_000);
    const state = stateOf(server, skewMs);
    server.close();

    const page = openPageOf(server.simulator, SCOPE);
    followRow(page, page.simulator.addContainer({ state: 'completed' }), true);
    await tick(1_000);
    hydrate(page.queryClient, state);
    const row = followRow(page, id, true);
    expect(row.container()?.status).toBe('processing');
    await tick(30_000);
    const [response] = await Promise.all([page.simulator.fetch(`https://truth.invalid/v1/content/${id}`), tick(1_000)]);
    expect(row.container()).toEqual({ ...parseContainer(await response.json()), updatedAt: expect.any(String) });

    page.simulator.decide(id, 'approved');
    row.refetch();
    await tick(2_000);
    expect(row.container()?.approvalStatus).toBe('approved');
    const before = page.reads(isDetail).length;
    await tick(60_000);
    expect(page.reads(isDetail).length).toBe(before);
  });
});
