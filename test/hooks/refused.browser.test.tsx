import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cleanup, renderHook } from 'vitest-browser-react';
import { type LayersError, useContainer, useContainerList, useContainerProgress, useJob } from '../../src/index.js';
import { hidePage, showPage } from '../support/page.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld, shortLife, type World } from '../support/world.js';

beforeEach(() => {
  stopTime();
});

afterEach(async () => {
  await cleanup();
  showPage();
  vi.useRealTimers();
});

/** What a screen reads of a result: TanStack renders again only for what was read. */
const shown = <Data,>({ data, error }: { data: Data; error: LayersError | null }) => ({ data, error });

/** Every read hook by name, on one container in flight. */
const hooks = {
  useContainer: (_: World, id: string) => shown(useContainer(id)),
  useContainerProgress: (_: World, id: string) => shown(useContainerProgress(id)),
  useContainerList: (world: World) => shown(useContainerList(world.projectId)),
  useJob: (world: World, id: string) => shown(useJob(world.simulator.jobId(id))),
};
const hookNames = Object.keys(hooks) as (keyof typeof hooks)[];

/** One hook whose reads are refused from the start, or after it had data. */
async function refused(name: keyof typeof hooks, status: number, hasData: boolean) {
  const world = createWorld();
  const id = world.simulator.addContainer({ generation: shortLife(3_600_000) });
  const refuse = () => world.simulator.setFaults([{ kind: 'status', status }]);
  if (!hasData) refuse();
  const mount = () => renderHook(() => hooks[name](world, id), { wrapper: world.wrapper });
  const mounted = await mount();
  if (hasData) {
    await pass(5_000);
    refuse();
  }
  await pass(100_000);
  expect(mounted.result.current).toMatchObject({ error: { status } });
  return { world, mount, ...mounted, renew: () => world.simulator.setFaults([]) };
}

describe.each(hookNames)('%s', (name) => {
  test.each([true, false])('after a 401 is well again by itself (had data: %s)', async (hasData) => {
    const { world, result, renew } = await refused(name, 401, hasData);
    const before = world.reads().length;
    await pass(300_000);
    expect(world.reads().length - before).toBeGreaterThanOrEqual(4);
    // A list and what it follows are tried each once.
    expect(world.reads().length - before).toBeLessThanOrEqual(name === 'useContainerList' ? 14 : 7);
    renew();
    await pass(80_000);
    expect(result.current.error).toBeNull();
    expect(result.current.data).toBeDefined();
  });

  test.each(['the page is shown', 'the connection is back', 'another mounts'])('after a 401 is read again when %s', async (how) => {
    const { world, result, renew, mount } = await refused(name, 401, true);
    renew();
    const before = world.reads().length;
    // In the first seconds of a long backoff, or well again already.
    if (how === 'the page is shown') {
      hidePage();
      showPage();
    } else if (how === 'the connection is back') window.dispatchEvent(new Event('online'));
    else await mount();
    await pass(3_000);
    expect(world.reads().length).toBeGreaterThan(before);
    expect(result.current.error).toBeNull();
  });

  test.each([403, 404])('after a %i is read again when it mounts, and when the page is shown after more than a minute', async (status) => {
    for (const how of ['mounts', 'shown']) {
      // A list with data, whose row in flight is refused, isn't refreshed any more.
      const { world, result, renew, mount, unmount } = await refused(name, status, name !== 'useContainerList');
      const before = world.reads().length;
      await pass(200_000);
      expect(world.reads().length - before).toBe(0);
      renew();
      let { current } = result;
      if (how === 'mounts') {
        const again = await mount();
        await pass(4_000);
        current = again.result.current;
      } else {
        hidePage();
        await pass(61_000);
        showPage();
        await pass(4_000);
        ({ current } = result);
      }
      expect(current.error).toBeNull();
      expect(world.reads().length - before).toBeGreaterThanOrEqual(1);
      await unmount();
    }
  });
});
