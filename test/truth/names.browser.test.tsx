import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import {
  ApprovalBadge,
  ContainerCard,
  ContainerGrid,
  ContainerScreen,
  PlatformFitNotice,
  ProgressBar,
  StatusBadge,
  useContainerList,
} from '../../src/index.js';
import { pass } from '../support/time.js';
import { createWorld, type World } from '../support/world.js';
import { lasting, stopTime } from './support.js';

beforeEach(() => {
  stopTime();
});
afterEach(async () => {
  await cleanup();
  vi.useRealTimers();
});

/** Cards of a list, as a page draws them, and what else reads the same containers. */
function Library({ world, page }: { world: World; page: string | null }) {
  const { data } = useContainerList(world.projectId);
  return (
    <>
      {data?.containers.map((container) => (
        <ContainerCard key={container.id} container={container} data-card={container.id} />
      ))}
      {page && <ContainerScreen containerId={page} />}
      {page && <ContainerCard containerId={page} data-connected="" />}
    </>
  );
}

const name = (root: Element | null) => root?.querySelector('[data-part="title"], [data-part="heading"]')?.textContent ?? null;

describe.each(['current', 'legacy'] as const)('the name of a card (%s)', (edition) => {
  test.each(['completed', 'failed'] as const)('is the same in grid, card and page, once its record is read (%s)', async (state) => {
    const world = createWorld({ edition, mediaBaseUrl: `${location.origin}/` }, { edition });
    const id = world.simulator.addContainer({
      state,
      approvalStatus: 'pending',
      hook: 'Wait for the last one',
      caption: 'Three knots in a minute',
    });
    const screen = await render(<Library world={world} page={null} />, { wrapper: world.wrapper });
    await pass(1_000);
    const card = () => name(screen.container.querySelector(`[data-card="${id}"]`));
    const before = card();
    await screen.rerender(<Library world={world} page={id} />);
    const names = new Set<string | null>();
    for (let turn = 0; turn < 10; turn += 1) {
      await pass(500);
      names.add(card());
    }
    // A row names only the caption; the record has the hook or the topic, which come first, and nothing goes back.
    expect(before).toBe(state === 'completed' ? 'Three knots in a minute' : before);
    expect([...names].filter((each) => each !== before)).toEqual([card()].filter((each) => each !== before));
    expect(card()).toBe(edition === 'current' ? 'Wait for the last one' : card());
    expect(name(screen.container.querySelector('.layers-ContainerScreen'))).toBe(card());
    expect(name(screen.container.querySelector('[data-connected]'))).toBe(card());
  });
});

test('the name of what is in flight does not turn "Untitled" with another in flight', async () => {
  const world = createWorld();
  const [id, other] = [1, 2].map(() =>
    world.simulator.addContainer({ hook: 'Wait for it', generation: { ...lasting(20_000), queuedMs: 8_000 } }),
  ) as [string, string];
  const screen = await render(<ContainerScreen containerId={id} />, { wrapper: world.wrapper });
  await pass(3_000);
  expect(screen.container.textContent).toContain('Wait for it');
  await screen.rerender(
    <>
      <ContainerScreen containerId={id} />
      <StatusBadge containerId={other} />
    </>,
  );
  const lost: number[] = [];
  for (let second = 0; second < 18; second += 1) {
    await pass(1_000);
    if (/untitled/i.test(name(screen.container.querySelector('.layers-ContainerScreen')) ?? 'untitled')) lost.push(second);
  }
  expect(lost).toEqual([]);
});

test('cards in flight are never called "Untitled" while their records are unread, and each is named soon', async () => {
  const world = createWorld();
  for (let index = 0; index < 6; index += 1)
    world.simulator.addContainer({ hook: `Hook ${index}`, caption: '', generation: lasting(60_000) });
  const screen = await render(<ContainerGrid projectId={world.projectId} href={({ id }) => `/v/${id}`} scrollKey={null} />, {
    wrapper: world.wrapper,
  });
  const titles = () => [...screen.container.querySelectorAll('[data-part="title"]')].map((title) => title.textContent);
  const links = () => [...screen.container.querySelectorAll('a[data-part="open"]')].map((link) => link.ariaLabel ?? link.textContent);
  const seen: string[] = [];
  for (let second = 0; second < 20; second += 1) {
    await pass(1_000);
    seen.push(
      screen.container.textContent ?? '',
      ...[...screen.container.querySelectorAll('[role="row"]')].map(({ ariaLabel }) => ariaLabel ?? ''),
    );
    expect(links()).not.toContain('');
  }
  expect(seen.filter((words) => /untitled/i.test(words))).toEqual([]);
  expect(titles().sort()).toEqual(Array.from({ length: 6 }, (_, index) => `Hook ${index}`));
});

describe('a component that cannot know says so', () => {
  const UNREADABLE = 'cnt_00000000-0000-4000-8000-000000000000';

  test.each([
    { what: 'StatusBadge', draw: () => <StatusBadge containerId={UNREADABLE} /> },
    { what: 'ApprovalBadge', draw: () => <ApprovalBadge containerId={UNREADABLE} /> },
    { what: 'PlatformFitNotice', draw: () => <PlatformFitNotice containerId={UNREADABLE} /> },
  ])('$what', async ({ draw }) => {
    for (const faults of [[], [{ kind: 'status', status: 403 }], [{ kind: 'status', status: 502 }]] as const) {
      const world = createWorld({ faults });
      const screen = await render(draw(), { wrapper: world.wrapper });
      await pass(3_000);
      expect(screen.container.textContent?.trim().length).toBeGreaterThan(3);
      await cleanup();
    }
  });

  test('ApprovalBadge of a container of which only its progress is known does not say that it is not needed', async () => {
    const world = createWorld({
      faults: [
        { kind: 'hang', match: /GET \/v1\/content\/[^/]+$/ },
        { kind: 'hang', match: /projects/ },
      ],
    });
    const id = world.simulator.addContainer({ generation: lasting(600_000) });
    const screen = await render(
      <>
        <ProgressBar containerId={id} />
        <ApprovalBadge containerId={id} showNotRequired />
      </>,
      { wrapper: world.wrapper },
    );
    await pass(5_000);
    const badge = screen.container.querySelector<HTMLElement>('.layers-ApprovalBadge');
    expect(badge?.dataset.state ?? 'unknown').toBe('unknown');
  });

  test('ContainerGrid of rows that cannot be read', async () => {
    const world = createWorld({ mediaBaseUrl: `${location.origin}/` });
    for (let index = 0; index < 6; index += 1) world.simulator.addContainer({ state: 'completed' });
    const words = async () => {
      const screen = await render(<ContainerGrid projectId={world.projectId} now={Date.now()} />, {
        wrapper: createWorldOf(world).wrapper,
      });
      await pass(2_000);
      const text = screen.container.textContent ?? '';
      await cleanup();
      return text;
    };
    expect(await words()).not.toMatch(/couldn.t|can.t|could not|cannot/i);
    world.simulator.setFaults([{ kind: 'bad-row', match: 'GET' }]);
    expect(await words()).toMatch(/couldn.t|can.t|could not|cannot/i);
  });

  /** The same API with another cache. */
  const createWorldOf = (world: World) => createWorld({}, { fetch: world.simulator.fetch });
});

test('a bar whose next read is a minute away says when it is', async () => {
  const world = createWorld();
  const id = world.simulator.addContainer({ createdAt: Date.now() - 40 * 60_000, generation: lasting(3 * 3_600_000) });
  const screen = await render(<ProgressBar containerId={id} />, { wrapper: world.wrapper });
  await pass(75_000);
  expect(screen.container.querySelector('[data-part="share"]')?.textContent).toMatch(/next update in [2-5]0 ?s(ec)?$/i);
});
