import { QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { monotonicNow } from '../../src/internal/monotonicNow.js';
// Loaded here, so that nothing waits for the disk while time is stopped.
import '../../src/queries/push/push.js';
import { containerListOptions, type LayersError, layersKeys } from '../../src/core.js';
import type { ContainerList } from '../../src/queries/list/containerListOptions.js';
import { followList } from '../../src/queries/list/followList.js';
import { listActions } from '../../src/queries/list/listActions.js';
import type { ListData } from '../../src/queries/list/listData.js';
import { createLayersServer } from '../../src/server.js';
import { createSimulator, type SimulatorFault } from '../../src/testing.js';
import { closePages, followRow, LATENCY, lasting, openPageOf, type Page, type Row, stopTime, tick } from './support.js';

vi.setConfig({ testTimeout: 120_000 });

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  closePages();
  vi.useRealTimers();
});

const apiKey = 'lp_live_of_the_house';

/** How the API fails, the codes with which that is told, and for how long it asks for a pause. */
const OUTAGES: { how: string; fault: SimulatorFault; codes: RegExp; pauseMs: number }[] = [
  { how: '502', fault: { kind: 'status', status: 502, code: 'BAD_GATEWAY' }, codes: /^BAD_GATEWAY$/, pauseMs: 0 },
  {
    how: '503 with Retry-After',
    fault: { kind: 'status', status: 503, retryAfter: '20' },
    codes: /^UNAVAILABLE$|^RATE_LIMITED$/,
    pauseMs: 20_000,
  },
  { how: 'dropped', fault: { kind: 'drop' }, codes: /^UPSTREAM_UNREACHABLE$/, pauseMs: 0 },
  { how: 'hanging', fault: { kind: 'hang' }, codes: /^UPSTREAM_TIMEOUT$/, pauseMs: 0 },
];

/** Rows of one viewer behind a server part, in flight for longer than any test. */
async function openHouse(push: 'auto' | false, { count = 4, onScreen = true } = {}) {
  const simulator = createSimulator({ apiKeys: [{ key: apiKey, tier: 'standard' }], faults: [LATENCY] });
  const server = createLayersServer({
    apiKey,
    authorize: () => true,
    baseUrl: 'https://api.invalid',
    fetch: simulator.fetch,
    onError: () => {},
  });
  const open = () => openPageOf(simulator, { push, fetch: (url, init) => server.fetch(new Request(url, init)) });
  const page = open();
  const ids = Array.from({ length: count }, () => simulator.addContainer({ generation: lasting(3_600_000) }));
  const rows = ids.map((id) => followRow(page, id, onScreen));
  await tick(40_000);
  return { simulator, server, page, rows, open };
}

/** A list as the hook shows it. Returns what the hook returns. */
function showList({ client, queryClient, projectId }: Page) {
  const options = containerListOptions(client, projectId);
  const observer = new QueryObserver<ListData, LayersError, ContainerList>(queryClient, options as never);
  observer.subscribe(() => {});
  followList(listActions(client, queryClient, options.queryKey), 'in-flight');
  return () => observer.getCurrentResult();
}

const reasonsOf = (rows: readonly Row[]) => rows.map((row) => row.freshness().reason);
const errorsOf = ({ queryClient, client }: Page, rows: readonly Row[]) =>
  rows.map(({ id }) => (queryClient.getQueryState(layersKeys.container(client, id))?.error as { code: string } | null)?.code ?? null);
const agesOf = (rows: readonly Row[]) => rows.map((row) => monotonicNow() - (row.freshness().lastReadAt ?? 0));

describe.each(['auto', false] as const)('behind a server part, with push %s', (push) => {
  test.each(OUTAGES)('an outage of the API ($how) is said with the age of the data, and its end', async ({ fault, codes, pauseMs }) => {
    const { simulator, server, page, rows } = await openHouse(push);
    expect(reasonsOf(rows)).toEqual(rows.map(() => null));
    expect(errorsOf(page, rows)).toEqual(rows.map(() => null));
    const from = page.sent.length;
    simulator.setFaults([fault]);
    await tick(20_000);
    const percents = rows.map((row) => row.progress()?.percent ?? 0);
    const seen = new Set<string | null>();
    await tick(280_000, () => {
      for (const reason of reasonsOf(rows)) seen.add(reason);
    });
    for (const reason of seen) expect(pauseMs > 0 ? ['failing', 'rate-limited'] : ['failing']).toContain(reason);
    for (const code of errorsOf(page, rows)) expect(code).toMatch(codes);
    for (const age of agesOf(rows)) {
      expect(age).toBeGreaterThanOrEqual(300_000);
      expect(age).toBeLessThan(315_000);
    }
    for (const row of rows) expect(row.container()?.status).toBe('processing');
    expect(rows.map((row) => row.progress()?.percent)).toEqual(percents);
    // No more than the cadence of rows that are well.
    expect(page.sent.length - from).toBeLessThanOrEqual(push ? 2 : (300 / 5) * rows.length + 80);

    simulator.setFaults([LATENCY]);
    // What failed again and again is tried every 60 s, a quarter more or less, and a read that was sent before the end can fail 10 s after it.
    await tick(75_000 + 10_000 + 5_000 + pauseMs);
    expect(reasonsOf(rows)).toEqual(rows.map(() => null));
    expect(errorsOf(page, rows)).toEqual(rows.map(() => null));
    for (const age of agesOf(rows)) expect(age).toBeLessThan(10_000);
    server.close();
  });

  test.each(OUTAGES)('rows below the fold say so, too ($how)', async ({ fault, pauseMs }) => {
    const { simulator, server, rows } = await openHouse(push, { onScreen: false });
    expect(reasonsOf(rows)).toEqual(rows.map(() => null));
    simulator.setFaults([fault]);
    await tick(20_000);
    const seen = new Set<string | null>();
    await tick(130_000, () => {
      for (const reason of reasonsOf(rows)) seen.add(reason);
    });
    for (const reason of seen) expect(pauseMs > 0 ? ['failing', 'rate-limited'] : ['failing']).toContain(reason);
    for (const age of agesOf(rows)) expect(age).toBeGreaterThanOrEqual(150_000);
    simulator.setFaults([LATENCY]);
    await tick(75_000 + 5_000 + pauseMs);
    expect(reasonsOf(rows)).toEqual(rows.map(() => null));
    server.close();
  });

  test('a page that is opened during an outage shows the last known data, its age, and that it is not current', async () => {
    const { simulator, server, rows, open } = await openHouse(push);
    simulator.setFaults([{ kind: 'status', status: 502 }]);
    await tick(60_000);
    const page = open();
    const later = rows.map(({ id }) => followRow(page, id, true));
    await tick(10_000);
    for (const row of later) expect(row.progress()?.status).toBe('processing');
    expect(reasonsOf(later)).toEqual(rows.map(() => 'failing'));
    for (const age of agesOf(later)) expect(age).toBeGreaterThanOrEqual(60_000);
    server.close();
  });

  test.each(OUTAGES)(
    'a list says it like any refetch that fails, keeps its rows, and recovers by itself ($how)',
    async ({ fault, codes, pauseMs }) => {
      const { simulator, server, page, open } = await openHouse(push);
      const shown = showList(page);
      await tick(1_000);
      expect(shown()).toMatchObject({ status: 'success', error: null });
      const rows = shown().data?.containers.map(({ id }) => id);
      expect(rows).toHaveLength(4);
      simulator.setFaults([fault]);
      // Two refreshes while its rows are pushed: the first can come before it is known that what hangs fails.
      await tick(130_000);
      const late = showList(open());
      await tick(3_000);
      // Also a list whose own read isn't sent at all because the API asked for a pause.
      await tick(27_000, () => {
        for (const list of [shown, late]) expect(list().error?.code).toMatch(codes);
      });
      for (const list of [shown, late]) {
        const { data, error, isRefetchError } = list();
        expect(error?.code).toMatch(codes);
        expect(isRefetchError).toBe(true);
        expect(data?.containers.map(({ id }) => id)).toEqual(rows);
      }
      expect(late().dataUpdatedAt).toBeLessThan(Date.now() - 130_000);
      simulator.setFaults([LATENCY]);
      // The server part backs off from the API and is asked every 16 s, a quarter more or less; one read may have begun before the end.
      await tick(2 * 20_000 + 5_000 + pauseMs);
      for (const list of [shown, late]) expect(list()).toMatchObject({ status: 'success', error: null });
      server.close();
    },
  );

  test('a container that alone cannot be read says so, and the others stay live', async () => {
    const { simulator, server, rows } = await openHouse(push);
    const [broken, ...others] = rows as [Row, ...Row[]];
    simulator.setFaults([{ kind: 'status', status: 502, match: new RegExp(`content/${broken.id}`) }]);
    await tick(60_000);
    expect(broken.freshness().reason).toBe('failing');
    const seen = new Set<string | null>();
    await tick(30_000, () => {
      for (const reason of reasonsOf(others)) seen.add(reason);
    });
    expect([...seen]).toEqual([null]);
    server.close();
  });
});
