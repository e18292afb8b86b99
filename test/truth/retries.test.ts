import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { containerOptions } from '../../src/core.js';
import type { SimulatorFault } from '../../src/testing.js';
import {
  closePages,
  followRow,
  isDetail,
  isList,
  isProgress,
  lasting,
  openPage,
  openPageOf,
  type Page,
  tick,
  stopTime,
} from './support.js';

// On a slow machine too.
vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  closePages();
  vi.useRealTimers();
});

const add = (page: Page) => page.simulator.addContainer({ generation: lasting(3_600_000) });
const unavailable = (match: RegExp, retryAfter: string): SimulatorFault => ({ kind: 'status', status: 503, retryAfter, match, times: 1 });

/** One way to read, and the paths it reads. */
const routes = [
  { what: 'a progress read', path: isProgress, follow: (page: Page) => [followRow(page, add(page), true, ['progress'])] },
  { what: 'a record', path: isDetail, follow: (page: Page) => [followRow(page, add(page), true, ['container'])] },
  { what: 'a sweep', path: isList, follow: (page: Page) => [1, 2].map(() => followRow(page, add(page), false)) },
];

describe.each(routes)('$what that is refused with Retry-After', ({ path, follow }) => {
  test.each(['30', '65'])('is not asked again for %s s, by whatever asks', async (seconds) => {
    const page = openPage({ tier: 'off', faults: [] });
    follow(page);
    await tick(10_000);
    page.simulator.setFaults([unavailable(/GET/, seconds)]);
    const from = page.sent.length;
    for (let waited = 0; waited < 20_000 && !page.sent.slice(from).some(({ status }) => status === 503); waited += 500) await tick(500);
    const refused = page.sent.slice(from).find(({ status }) => status === 503);
    expect(refused).toBeDefined();
    const same = () => page.sent.filter((each) => each.at > (refused?.at ?? 0) && each.path === refused?.path);
    const other = () => page.sent.filter((each) => each.at > (refused?.at ?? 0) && path.test(each.path));
    // The key's pause holds for another hook that mounts meanwhile.
    await tick(Number(seconds) * 500);
    followRow(page, add(page), true);
    await tick(Number(seconds) * 500 - 1_500);
    expect(same()).toEqual([]);
    await tick(60_000);
    expect(other().length).toBeGreaterThan(0);
  });
});

test('a 503 with Retry-After to one read holds all automatic reads of the key', async () => {
  const page = openPage({ tier: 'off', faults: [] });
  const rows = [true, true, false, false, false].map((onScreen) => followRow(page, add(page), onScreen));
  await tick(10_000);
  page.simulator.setFaults([unavailable(/GET/, '30')]);
  rows[0]?.refetch();
  await tick(1_000);
  const before = page.sent.length;
  await tick(27_000);
  expect(page.sent.slice(before)).toEqual([]);
  expect(rows[0]?.container()).toBeDefined();
  await tick(15_000);
  expect(page.sent.length).toBeGreaterThan(before);
});

describe('the pause after a failure', () => {
  /** When a client, all of whose reads fail, tried: pauses between one try and the next. */
  async function pauses(page: Page, match: RegExp): Promise<number[]> {
    page.simulator.setFaults([{ kind: 'status', status: 502, match: /GET/ }]);
    const from = page.sent.length;
    await tick(40_000, () => {}, 20);
    const times = page.sent
      .slice(from)
      .filter(({ path }) => match.test(path))
      .map(({ at }) => at);
    return times.slice(1, 4).map((at, index) => at - (times[index] as number));
  }

  test.each(routes)('differs from client to client: $what', async ({ path, follow }) => {
    const all: number[][] = [];
    for (let viewer = 0; viewer < 5; viewer += 1) {
      const page = openPage({ tier: 'off', faults: [], seed: 3 });
      follow(page);
      await tick(8_000);
      all.push(await pauses(page, path));
      page.close();
    }
    for (const one of all) expect(one.length).toBeGreaterThan(1);
    // Equal pauses of five viewers would be a hash or a constant, and not chance.
    expect(new Set(all.map(([first]) => first)).size).toBeGreaterThan(1);
    expect(new Set(all.map((one) => one.join())).size).toBeGreaterThan(2);
    for (const one of all) expect(one.at(-1)).toBeGreaterThan(one[0] as number);
  });

  test('viewers of one container do not return together', async () => {
    const page = openPage({ tier: 'off', faults: [] });
    const id = add(page);
    const viewers = [page, ...[1, 2, 3, 4, 5].map(() => openPageOf(page.simulator))];
    for (const viewer of viewers) followRow(viewer, id, true, ['progress']);
    await tick(5_000);
    page.simulator.setFaults([{ kind: 'status', status: 502, match: /GET/ }]);
    const from = viewers.map(({ sent }) => sent.length);
    await tick(12_000, () => {}, 20);
    const second = viewers.map(({ sent }, index) => {
      const [failed, again] = sent.slice(from[index]);
      return (again?.at ?? 0) - (failed?.at ?? 0);
    });
    expect(new Set(second).size).toBeGreaterThan(3);
    for (const pause of second) expect(pause).toBeGreaterThan(900);
  });
});

test('a promise that has no signal is settled when its client is closed', async () => {
  const page = openPage({ tier: 'off', faults: [{ kind: 'hang' }] }, { readsPerMinute: 1 });
  const settled: string[] = [];
  for (const id of ['cnt_one', 'cnt_two'])
    page.client.getContainer(id).then(
      () => settled.push(`${id} resolved`),
      () => settled.push(`${id} rejected`),
    );
  void page.queryClient.fetchQuery(containerOptions(page.client, 'cnt_three') as never).catch(() => settled.push('cnt_three rejected'));
  await tick(100);
  page.client.close();
  await tick(1_000);
  expect(settled.sort()).toEqual(['cnt_one rejected', 'cnt_three rejected', 'cnt_two rejected']);
});
