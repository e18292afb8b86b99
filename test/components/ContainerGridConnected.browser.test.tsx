import '../../src/styles/index.css';
import { Profiler, StrictMode, useEffect, useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import {
  ContainerCard,
  ContainerGrid,
  type ContainerSummary,
  containerListPresets,
  containerOptions,
  type UseContainerListResult,
  useContainerList,
} from '../../src/index.js';
import { NOW } from '../../stories/support/containers.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld, shortLife, type World } from '../support/world.js';
import { until } from '../support/until.js';

const items = () => [...document.querySelectorAll<HTMLElement>('[role="row"]')];
const item = (id: string) => document.querySelector<HTMLElement>(`[data-id="${id}"]`);
const root = () => document.querySelector('.layers-ContainerGrid') as HTMLElement;
const part = (name: string) => root().querySelector<HTMLElement>(`[data-part="${name}"]`);
const media = () => ({ mediaBaseUrl: `${location.origin}/` });
const ended = (world: World, count: number, age = 1_000_000) =>
  Array.from({ length: count }, (_, index) =>
    world.simulator.addContainer({ state: 'completed', approvalStatus: 'pending', createdAt: Date.now() - age + index }),
  ).reverse();

beforeEach(() => {
  stopTime();
  window.scrollTo(0, 0);
});
afterEach(async () => {
  await cleanup();
  vi.useRealTimers();
});

describe('ContainerGrid with a projectId', () => {
  it('shows the progress of what is in flight, and its video in the same place', async () => {
    const world = createWorld(media());
    ended(world, 6);
    const id = world.simulator.addContainer({ generation: shortLife(20_000) });
    await render(
      <StrictMode>
        <ContainerGrid projectId={world.projectId} />
      </StrictMode>,
      { wrapper: world.wrapper },
    );
    await pass(6_000);
    const place = item(id) as HTMLElement;
    expect(place.querySelector('[role="progressbar"]')?.getAttribute('aria-valuetext')).toContain('Generating visuals');
    const before = (place.querySelector('[data-part="frame"]') as HTMLElement).getBoundingClientRect();
    await pass(60_000);
    expect(item(id)).toBe(place);
    expect(place.querySelector('[role="progressbar"]')).toBeNull();
    expect(place.querySelector('[data-part="play"]')).not.toBeNull();
    expect((place.querySelector('[data-part="frame"]') as HTMLElement).getBoundingClientRect()).toEqual(before);
    const reads = world.reads().length;
    await pass(120_000);
    expect(world.reads()).toHaveLength(reads);
  });

  it('counts new ones and shows them when asked, with the focus', async () => {
    const world = createWorld(media());
    ended(world, 8);
    const screen = await render(<ContainerGrid projectId={world.projectId} refreshInterval={5_000} />, { wrapper: world.wrapper });
    await pass(500);
    expect(items()).toHaveLength(8);
    const [newest] = ended(world, 2, 1_000);
    await pass(6_000);
    expect(items()).toHaveLength(8);
    (screen.getByRole('button', { name: '2 new' }).element() as HTMLElement).click();
    await pass(500);
    expect(items()).toHaveLength(10);
    expect((document.activeElement as HTMLElement).dataset.id).toBe(newest);
  });

  it('says of each post that waited for an approval of many and was not scheduled', async () => {
    let world: World;
    const fetch = async (input: string, init: RequestInit) => {
      const response = await world.simulator.fetch(input, init);
      if (init.method !== 'POST') return response;
      return Response.json({ ...(await response.json()), pendingSchedulePromotion: { status: 'failed', scheduledPostIds: ['sp_1'] } });
    };
    world = createWorld(media(), { fetch });
    const ids = ended(world, 2);
    const grid = () => <ContainerGrid projectId={world.projectId} selectable defaultSelectedIds={ids} />;
    const screen = await render(grid(), { wrapper: world.wrapper });
    await pass(500);
    part('approve')?.click();
    await pass(3_000);
    expect(part('count')?.textContent).toBe('2 approved');
    const failures = [...(part('failures')?.children ?? [])];
    expect(failures).toHaveLength(2);
    for (const failure of failures) expect(failure.textContent).toContain('was not scheduled');
    expect(part('retry')).toBeNull();
    await screen.unmount();
  });

  it('shows a run that another grid began, and not how it came out in another list', async () => {
    const world = createWorld({ ...media(), projectIds: ['one', 'two'], faults: [{ kind: 'latency', latencyMs: 2_000, match: /POST/ }] });
    const ids = Array.from({ length: 8 }, (_, index) =>
      world.simulator.addContainer({ projectId: 'one', state: 'completed', approvalStatus: 'pending', createdAt: Date.now() - index }),
    );
    world.simulator.addContainer({ projectId: 'two', state: 'completed', approvalStatus: 'pending' });
    const grid = (projectId: string) => (
      <ContainerGrid key={projectId} projectId={projectId} selectable defaultSelectedIds={ids} refreshInterval={false} />
    );
    const screen = await render(grid('one'), { wrapper: world.wrapper });
    await pass(500);
    part('approve')?.click();
    await pass(500);
    await screen.rerender(grid('two'));
    await pass(500);
    expect(part('share')).not.toBeNull();
    part('clear')?.click();
    await pass(5_000);
    // The one that showed it to the end says so; the next list, that it has nothing to do with, does not.
    expect(part('count')?.textContent).toBe('4 approved');
    await screen.rerender(<ContainerGrid key="again" projectId="two" selectable refreshInterval={false} />);
    await pass(500);
    expect(part('selection')).toBeNull();
  });

  it.each([
    ['cannot be read', { kind: 'status', status: 502, match: /progress/ }, 'slowed'],
    ['cannot be reached, nor anything else', { kind: 'drop' }, 'offline'],
  ] as const)('and a card of its own say so when progress %s', async (_, fault, freshness) => {
    const world = createWorld();
    const id = world.simulator.addContainer({ generation: shortLife(600_000) });
    await render(
      <>
        <ContainerCard containerId={id} />
        <ContainerGrid projectId={world.projectId} />
      </>,
      { wrapper: world.wrapper },
    );
    await pass(40_000);
    const said = () => [...document.querySelectorAll('.layers-ProgressBar')].map((bar) => bar.getAttribute('data-freshness'));
    expect(said()).toEqual(['live', 'live']);
    world.simulator.setFaults([fault as never]);
    await pass(60_000);
    expect(said()).toEqual([freshness, freshness]);
  });

  it("says of a project that isn't there what the server says", async () => {
    const refused = async () =>
      Response.json({ error: { code: 'NOT_FOUND', message: 'No such project.', requestId: 'req_1' } }, { status: 404 });
    const world = createWorld({}, { fetch: refused });
    await render(<ContainerGrid projectId={world.projectId} />, { wrapper: world.wrapper });
    await pass(1_000);
    expect(document.querySelector('[role="alert"]')?.textContent).toBe('No such project.');
  });

  it('says that nothing could be read, and reads it when asked', async () => {
    const world = createWorld({ ...media(), faults: [{ kind: 'status', status: 500 }] });
    ended(world, 3);
    const screen = await render(<ContainerGrid projectId={world.projectId} />, { wrapper: world.wrapper });
    expect(root().dataset.state).toBe('loading');
    await pass(60_000);
    expect(root().dataset.state).toBe('error');
    expect(document.querySelector('[role="alert"]')?.textContent).toBe('This list could not be loaded.');
    world.simulator.setFaults([]);
    const retry = screen.getByRole('button', { name: 'Try again' }).element() as HTMLElement;
    retry.focus();
    retry.click();
    await pass(5_000);
    expect(items()).toHaveLength(3);
    expect(document.activeElement).not.toBe(document.body);
  });

  it('has more rows said by the voice of the page, which has no other', async () => {
    const world = createWorld(media());
    ended(world, 30);
    await render(<ContainerGrid projectId={world.projectId} filters={{ limit: 20 }} loadMore="button" />, { wrapper: world.wrapper });
    await pass(500);
    part('more')?.click();
    await pass(1_000);
    expect([...document.querySelectorAll('[role="status"]:not([data-part="announcement"])')].map(({ textContent }) => textContent)).toEqual(
      ['10 more, 30 in all'],
    );
  });

  it('reads more at its end, once, and again when that failed and somebody asks', async () => {
    const world = createWorld(media());
    ended(world, 45);
    await render(<ContainerGrid projectId={world.projectId} filters={{ limit: 20 }} loadMore="button" />, { wrapper: world.wrapper });
    await pass(500);
    world.simulator.setFaults([{ kind: 'status', status: 500 }]);
    part('more')?.click();
    part('more')?.click();
    await pass(60_000);
    expect(part('problem')?.textContent).toContain('More could not be loaded.');
    expect(items().length).toBeGreaterThan(8);
    world.simulator.setFaults([]);
    part('retry')?.click();
    await pass(1_000);
    part('more')?.click();
    await pass(1_000);
    expect(part('end')?.textContent).toBe('45 items');
    expect(world.reads(/cursor/).length).toBeLessThan(8);
  });

  it('begins another list at its own beginning also where no place is remembered', async () => {
    const world = createWorld({ ...media(), projectIds: ['one', 'two'] });
    for (const projectId of ['one', 'two'])
      for (let index = 0; index < 100; index += 1)
        world.simulator.addContainer({ projectId, state: 'completed', createdAt: Date.now() - index });
    const shown: { set?: (projectId: string) => void } = {};
    const show = (projectId: string) => shown.set?.(projectId);
    function Library() {
      const [projectId, setProjectId] = useState('one');
      useEffect(() => {
        shown.set = setProjectId;
      }, []);
      return <ContainerGrid projectId={projectId} filters={{ limit: 50 }} scrollKey={null} />;
    }
    await render(<Library />, { wrapper: world.wrapper });
    for (const projectId of ['two', 'one']) {
      await pass(500);
      show(projectId);
    }
    await pass(500);
    // The second page of the first list is asked for, and does not come before the other is shown.
    world.simulator.setFaults([{ kind: 'latency', latencyMs: 3_000 }]);
    const before = world.reads().length;
    window.scrollTo(0, document.documentElement.scrollHeight);
    await until(() => expect(root().textContent).toContain('Loading more'));
    world.simulator.setFaults([]);
    show('two');
    await pass(1_000);
    window.scrollTo(0, document.documentElement.scrollHeight);
    await until(() => expect(world.reads().slice(before).join()).toMatch(/projects\/one.*projects\/two/));
  });

  it('gets new addresses for media that have run out', async () => {
    const world: World = createWorld(media(), {
      fetch: async (input, init) => {
        const response = await world.simulator.fetch(input, init);
        if (!String(input).includes('limit=')) return response;
        return new Response((await response.text()).replaceAll(`${location.origin}/`, `${location.origin}/gone/`), response);
      },
    });
    vi.useRealTimers();
    const [id] = ended(world, 1) as [string];
    await render(<ContainerGrid projectId={world.projectId} filters={{ limit: 5 }} />, { wrapper: world.wrapper });
    await until(() => expect(world.reads(new RegExp(`/v1/content/${id}$`))).toHaveLength(1));
    await until(() => {
      const image = item(id)?.querySelector('img') as HTMLImageElement;
      expect(image.src).not.toContain('/gone/');
      expect(image.naturalWidth).toBeGreaterThan(0);
    });
  });
});

describe('ContainerGrid: review', () => {
  it('approves what is selected, and tells row by row what was not', async () => {
    const world = createWorld(media());
    ended(world, 5);
    world.simulator.addContainer({ state: 'completed', approvalStatus: 'approved' });
    const screen = await render(<ContainerGrid projectId={world.projectId} filters={containerListPresets.needsReview} selectable />, {
      wrapper: world.wrapper,
    });
    await pass(1_000);
    expect(items()).toHaveLength(5);
    items()[0]?.focus();
    items()[0]?.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', ctrlKey: true, bubbles: true, cancelable: true }));
    await pass(50);
    const [elsewhere, fails] = items().map(({ dataset }) => dataset.id as string) as [string, string];
    world.simulator.decide(elsewhere, 'rejected');
    world.simulator.setFaults([{ kind: 'status', status: 403, match: new RegExp(`${fails}/approve`) }]);
    const approve = screen.getByRole('button', { name: 'Approve 5' }).element() as HTMLElement;
    approve.focus();
    approve.click();
    await pass(30_000);
    expect(part('count')?.textContent).toMatch(/^\d approved, \d not approved$/);
    const failures = [...root().querySelectorAll('[data-part="failure"]')].map(({ textContent }) => textContent);
    expect(failures.length).toBeGreaterThanOrEqual(2);
    expect(failures[0]).toMatch(/rejected/i);
    expect(root().contains(document.activeElement)).toBe(true);
    expect(document.querySelectorAll('[role="status"][data-part="count"]')).toHaveLength(0);
    (screen.getByRole('button', { name: 'Close' }).element() as HTMLElement).click();
    await pass(50);
    expect(part('selection')).toBeNull();
    expect(root().contains(document.activeElement)).toBe(true);
  });

  it('names what was not approved as its card does, also where only the record has a name', async () => {
    const world = createWorld(media());
    const id = world.simulator.addContainer({
      state: 'completed',
      approvalStatus: 'pending',
      hook: 'Only the record\nsays this',
      caption: '',
    });
    await world.queryClient.fetchQuery(containerOptions(world.client, id));
    const screen = await render(<ContainerGrid projectId={world.projectId} selectable defaultSelectedIds={[id]} />, {
      wrapper: world.wrapper,
    });
    await pass(1_000);
    expect(item(id)?.querySelector('[data-part="title"]')?.textContent).toBe('Only the record says this');
    world.simulator.setFaults([{ kind: 'status', status: 403, match: /approve/ }]);
    (screen.getByRole('button', { name: 'Approve 1' }).element() as HTMLElement).click();
    await pass(30_000);
    expect(part('failure')?.firstElementChild?.textContent).toBe('Only the record says this');
  });

  it('says so where nothing waits for review', async () => {
    const world = createWorld(media());
    world.simulator.addContainer({ state: 'completed', approvalStatus: 'approved' });
    await render(<ContainerGrid projectId={world.projectId} filters={containerListPresets.needsReview} selectable />, {
      wrapper: world.wrapper,
    });
    await pass(1_000);
    expect(root().dataset.state).toBe('empty');
  });
});

describe('ContainerGrid with a thousand rows', () => {
  const drawn = new Map<string, number>();
  const renderItem = (container: ContainerSummary) => {
    drawn.set(container.id, (drawn.get(container.id) ?? 0) + 1);
    return <p style={{ blockSize: 200 }}>{container.status}</p>;
  };

  it('draws one card and itself once when one status changes', async () => {
    const world = createWorld();
    ended(world, 999);
    const id = world.simulator.addContainer({ generation: shortLife(3_600_000) });
    const loaded: { list?: UseContainerListResult } = {};
    function More() {
      const list = useContainerList(world.projectId, { limit: 200 });
      useEffect(() => {
        loaded.list = list;
      });
      return null;
    }
    let commits = 0;
    await render(
      <>
        <More />
        <Profiler id="grid" onRender={() => (commits += 1)}>
          <ContainerGrid projectId={world.projectId} filters={{ limit: 200 }} renderItem={renderItem} now={NOW} />
        </Profiler>
      </>,
      { wrapper: world.wrapper },
    );
    await pass(500);
    for (let page = 0; page < 4; page += 1) {
      void loaded.list?.fetchNextPage();
      await pass(300);
    }
    expect(loaded.list?.data?.containers).toHaveLength(1_000);
    // What the browser lays out, it lays out in frames, which time does not bring.
    for (let known = -1; known !== commits; ) {
      known = commits;
      await pass(5_000);
      for (let frame = 0; frame < 8; frame += 1) await new Promise((done) => requestAnimationFrame(done));
      await pass(500);
    }
    drawn.clear();
    commits = 0;
    world.simulator.finish(id);
    await pass(40_000);
    expect(item(id)?.textContent).toContain('completed');
    expect([...drawn]).toEqual([[id, 1]]);
    // The published bound: the rows that changed, and one.
    expect(commits).toBeLessThanOrEqual(2);
  });

  it('keeps to the budget with a screen full of what is in flight', async () => {
    const world = createWorld({ ...media(), tier: 'standard' });
    for (let index = 0; index < 60; index += 1) world.simulator.addContainer({ generation: shortLife(600_000) });
    await render(<ContainerGrid projectId={world.projectId} filters={{ limit: 50 }} />, { wrapper: world.wrapper });
    await pass(65_000);
    expect(world.simulator.requests.filter(({ status }) => status === 429)).toEqual([]);
    expect(world.reads().length).toBeLessThanOrEqual(105);
    expect(document.querySelectorAll('[role="progressbar"]').length).toBeGreaterThan(5);
    // Nor does it save by not reading: what ends is seen soon.
    const [first] = items().map(({ dataset }) => dataset.id as string) as [string];
    world.simulator.finish(first);
    await pass(15_000);
    expect(item(first)?.querySelector('[role="progressbar"]')).toBeNull();
  });
});
