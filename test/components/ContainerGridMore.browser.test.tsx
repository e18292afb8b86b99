import '../../src/styles/index.css';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { ContainerGrid } from '../../src/index.js';
import { LayersError } from '../../src/model/errors.js';
import { createLibrary } from '../../stories/support/library.js';
import { pass, stopTime } from '../support/time.js';
import { createWorld, type World } from '../support/world.js';
import { containers, previews } from './support.js';

const part = (name: string) => document.querySelector<HTMLElement>(`.layers-ContainerGrid [data-part="${name}"]`);
const alert = () => document.querySelector('.layers-ContainerGrid [role="alert"]')?.textContent;

beforeEach(() => {
  stopTime();
});
afterEach(async () => {
  await cleanup();
  vi.useRealTimers();
});

describe('more rows that could not be loaded', () => {
  /** A list of three, of which two are loaded and the third could not be. */
  async function failed(world: World) {
    const ids = [3, 2, 1].map((age) => world.simulator.addContainer({ state: 'completed', createdAt: Date.now() - age }));
    const filters = { limit: 2 };
    await render(<ContainerGrid projectId={world.projectId} filters={filters} loadMore="button" refreshInterval={5_000} />, {
      wrapper: world.wrapper,
    });
    await pass(500);
    world.simulator.setFaults([{ kind: 'status', status: 500 }]);
    part('more')?.click();
    await pass(60_000);
    return ids;
  }

  it('are not missed once there are no more', async () => {
    const world = createWorld({ mediaBaseUrl: `${location.origin}/` });
    const [oldest] = await failed(world);
    expect(alert()).toBe('More could not be loaded.');
    world.simulator.setFaults([]);
    world.simulator.removeContainer(oldest as string);
    await pass(60_000);
    expect(part('problem')).toBeNull();
    expect(part('end')?.textContent).toBe('2 items');
  });

  it('do not keep a list that was reset from being read again', async () => {
    const world = createWorld({ mediaBaseUrl: `${location.origin}/` });
    await failed(world);
    expect(alert()).toBe('More could not be loaded.');
    void world.queryClient.resetQueries();
    await pass(60_000);
    expect(alert()).toBe('This list could not be loaded.');
    world.simulator.setFaults([]);
    part('retry')?.click();
    await pass(1_000);
    expect(document.querySelectorAll('[role="row"]')).toHaveLength(2);
  });

  it('say so while they are tried again, keep the focus, and alert again when that fails', async () => {
    const draw = (isFetchingNextPage: boolean) => (
      <ContainerGrid
        containers={[containers.ready]}
        hasNextPage
        isFetchingNextPage={isFetchingNextPage}
        error={new LayersError({ code: 'INTERNAL', status: 500, message: 'x', requestId: null })}
        onLoadMore={() => {}}
        onRetry={() => {}}
      />
    );
    const screen = await render(draw(false));
    const before = document.querySelector('[role="alert"]');
    part('retry')?.focus();
    await screen.rerender(draw(true));
    expect(alert()).toBeUndefined();
    expect(part('more')?.textContent).toBe('Loading more');
    expect(document.activeElement).toBe(part('more'));
    await screen.rerender(draw(false));
    expect(alert()).toBe('More could not be loaded.');
    expect(document.querySelector('[role="alert"]')).not.toBe(before);
    expect(document.activeElement).toBe(part('retry'));
  });
});

it('says nothing of the rows of the list before when another one has loaded', async () => {
  const library = createLibrary(30, previews);
  const draw = (count?: number) => <ContainerGrid containers={count === undefined ? undefined : library.slice(0, count)} />;
  const screen = await render(draw(20));
  await screen.rerender(draw(30));
  expect(part('status')?.textContent).toBe('10 more, 30 in all');
  await screen.rerender(draw());
  expect(part('status')?.textContent).toBe('Loading');
  await screen.rerender(draw(12));
  expect(part('status')?.textContent).toBe('');
});
