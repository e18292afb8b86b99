import { useEffect, useState } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { ContainerCard, ProgressBar, useContainer, useContainerProgress, useFreshness, useOnScreen } from '../../src/index.js';
import { hidePage, showPage } from '../support/page.js';
import { pass } from '../support/time.js';
import { createWorld, type World } from '../support/world.js';
import { isDetail, isList, isProgress, lasting, stopTime } from './support.js';

// On a slow machine too.
vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => {
  window.scrollTo(0, 0);
  stopTime();
});
afterEach(async () => {
  await cleanup();
  showPage();
  vi.useRealTimers();
});

const add = (world: World, count: number, durationMs = 3_600_000) =>
  Array.from({ length: count }, () => world.simulator.addContainer({ generation: lasting(durationMs) }));

/** The browser says what is in view in its own time. */
async function frames() {
  for (let frame = 0; frame < 4; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
  await pass(50);
}

describe('a card that is mounted again', () => {
  test('reads nothing: past 48 in flight and back, as a grid scrolls', async () => {
    const world = createWorld({ tier: 'standard' });
    const ids = add(world, 48);
    const shown = (from: number) => (
      <world.wrapper>
        {ids.slice(from, from + 8).map((id) => (
          <ContainerCard key={id} containerId={id} />
        ))}
      </world.wrapper>
    );
    const { rerender } = await render(shown(0));
    const scroll = async () => {
      for (let from = 0; from <= 40; from += 8) {
        await rerender(shown(from));
        await pass(1_000);
      }
    };
    await scroll();
    await pass(60_000);
    const before = world.reads(isDetail).length;
    await scroll();
    await scroll();
    const details = world.reads(isDetail);
    expect(new Set(details).size).toBe(details.length);
    // Each is looked at for a second: a few that were never read have their turn.
    expect(details.length - before).toBeLessThanOrEqual(6);
    expect(world.simulator.rateLimit().reads).toBeGreaterThan(60);
  });

  test('and again, and again: ten remounts of one card', async () => {
    const world = createWorld();
    const [id] = add(world, 1) as [string];
    function Blinking() {
      const [isShown, setShown] = useState(true);
      useEffect(() => {
        const timer = setInterval(() => setShown((was) => !was), 500);
        return () => clearInterval(timer);
      }, []);
      return isShown ? <ContainerCard containerId={id} /> : null;
    }
    await render(<Blinking />, { wrapper: world.wrapper });
    await pass(4_000);
    const before = world.reads().length;
    await pass(10_000);
    expect(world.reads(isDetail).length).toBeLessThanOrEqual(2);
    expect(world.reads().length - before).toBeLessThanOrEqual(7);
  });
});

describe('what is on screen', () => {
  /** A row whose ref is a new function with every render, and which renders often. */
  function Row({ id, top }: { id: string; top: number }) {
    const onScreen = useOnScreen(id);
    const [, setCount] = useState(0);
    useEffect(() => {
      const timer = setInterval(() => setCount((count) => count + 1), 250);
      return () => clearInterval(timer);
    }, []);
    useContainerProgress(id);
    return (
      <p ref={(element) => onScreen(element)} style={{ position: 'absolute', top, height: 20 }}>
        {id}
      </p>
    );
  }

  test('does not flip with an inline ref', async () => {
    const world = createWorld();
    const ids = add(world, 4);
    await render(
      <world.wrapper>
        {ids.map((id, index) => (
          <Row key={id} id={id} top={index === 0 ? 10 : 3_000} />
        ))}
      </world.wrapper>,
    );
    await frames();
    // Nothing comes into view or goes from here on, so that nothing is told that was not known.
    const silent = vi.spyOn(IntersectionObserver.prototype, 'observe').mockImplementation(() => {});
    await pass(3_000);
    const before = world.simulator.requests.length;
    await pass(20_000);
    silent.mockRestore();
    const since = world.simulator.requests.slice(before).map(({ path }) => path);
    // What is in view is read at its cadence, whatever renders; what is not is left to the list.
    expect(since.filter((path) => path.includes(ids[0] as string)).length).toBeGreaterThan(5);
    for (const id of ids.slice(1)) expect(since.filter((path) => path.includes(id))).toEqual([]);
    expect(since.filter((path) => isList.test(path)).length).toBeGreaterThan(2);
  });

  /** Reads progress, and says nothing of where it is. */
  function Share({ id }: { id: string }) {
    return <output>{useContainerProgress(id).data?.status}</output>;
  }

  test('is watched for each container that one element shows', async () => {
    const world = createWorld();
    const ids = add(world, 3);
    const [above, first, second] = ids as [string, string, string];
    function Pair() {
      const [ofFirst, ofSecond] = [useOnScreen(first), useOnScreen(second)];
      const [isBoth, setBoth] = useState(true);
      const [join] = useState(() => (element: Element | null) => {
        ofFirst(element);
        ofSecond(element);
      });
      return (
        <section ref={join} style={{ position: 'absolute', top: 3_000 }}>
          <Share id={first} />
          {isBoth && <Share id={second} />}
          <button type="button" onClick={() => setBoth(false)}>
            One
          </button>
        </section>
      );
    }
    const { container } = await render(
      <world.wrapper>
        <ProgressBar containerId={above} />
        <Pair />
      </world.wrapper>,
    );
    await frames();
    await pass(5_000);
    const counts = () => [first, second].map((id) => world.reads(isProgress).filter((path) => path.includes(id)).length);
    const below = counts();
    await pass(12_000);
    expect(counts()).toEqual(below);
    window.scrollTo(0, 3_000);
    await frames();
    await pass(6_000);
    const [one, two] = counts();
    expect(one).toBeGreaterThan(below[0] as number);
    expect(two).toBeGreaterThan(below[1] as number);
    container.querySelector('button')?.click();
    await pass(1_000);
    const left = counts();
    await pass(12_000);
    expect(counts()[0]).toBeGreaterThan(left[0] as number);
  });

  test('two bars cost list reads as well', async () => {
    const world = createWorld();
    const ids = add(world, 2);
    await render(
      <world.wrapper>
        {ids.map((id) => (
          <ProgressBar key={id} containerId={id} />
        ))}
      </world.wrapper>,
    );
    await frames();
    await pass(20_000);
    expect(world.reads(isList).length).toBeGreaterThan(1);
    expect(world.reads(isProgress).length).toBeGreaterThan(5);
    expect(world.reads().length).toBeLessThanOrEqual(30);
  });

  test('is not read once it has gone, and nothing is while the page is hidden', async () => {
    const world = createWorld();
    const ids = add(world, 6);
    const cards = (shown: readonly string[]) => (
      <world.wrapper>
        {shown.map((id) => (
          <ContainerCard key={id} containerId={id} />
        ))}
      </world.wrapper>
    );
    const { rerender } = await render(cards(ids));
    await frames();
    await pass(5_000);
    expect(world.reads().length).toBeGreaterThan(2);
    await rerender(cards([]));
    const gone = world.reads().length;
    await pass(300_000);
    expect(world.reads().length).toBe(gone);
    await rerender(cards(ids));
    await pass(5_000);
    expect(world.reads().length).toBeGreaterThan(gone);
    hidePage();
    const hidden = world.reads().length;
    await pass(300_000);
    expect(world.reads().length).toBe(hidden);
  });
});

test('six rows on screen whose list answers 502 for five minutes: each says so, or knows that it ended', async () => {
  const world = createWorld();
  const ids = add(world, 6);
  function Row({ id }: { id: string }) {
    const { data } = useContainer(id);
    const { state } = useFreshness(id);
    return <li>{`${data?.status} ${state}`}</li>;
  }
  const { container } = await render(
    <world.wrapper>
      {ids.map((id) => (
        <Row key={id} id={id} />
      ))}
    </world.wrapper>,
  );
  await pass(10_000);
  world.simulator.setFaults([{ kind: 'html', status: 502, match: isList }]);
  await pass(10_000);
  for (const id of ids) world.simulator.finish(id);
  await pass(290_000);
  for (const row of container.querySelectorAll('li')) expect(row.textContent).toBe('completed live');
});
