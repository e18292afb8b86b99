import { afterEach, describe, expect, test, vi } from 'vitest';
import { frames } from '../support/frames.js';
import { until } from '../support/until.js';

let loads = 0;
/** The module as a page loads it, with no observer yet: another address is another module. */
async function load(): Promise<typeof import('../../src/internal/intersection.js')> {
  loads += 1;
  return import(/* @vite-ignore */ `${new URL('../../src/internal/intersection.ts', import.meta.url).pathname}?load=${loads}`);
}

const added: Element[] = [];
function add(top: number): HTMLElement {
  const element = document.createElement('div');
  Object.assign(element.style, { position: 'absolute', top: `${top}px`, width: '10px', height: '10px' });
  document.body.append(element);
  added.push(element);
  return element;
}

afterEach(() => {
  vi.unstubAllGlobals();
  for (const element of added.splice(0)) element.remove();
});

/** A watcher that remembers what it was told. */
function recorder() {
  const told: boolean[] = [];
  return { told, seen: (onScreen: boolean) => void told.push(onScreen) };
}

describe('several watchers of one element', () => {
  test('a second watcher does not replace the first', async () => {
    const { watchIntersection } = await load();
    const element = add(0);
    const [first, second] = [recorder(), recorder()];
    watchIntersection(element, first.seen);
    watchIntersection(element, second.seen);
    await until(() => expect(second.told).toEqual([true]));
    expect(first.told).toEqual([true]);
    element.style.top = '5000px';
    await until(() => expect([first.told, second.told]).toEqual(Array(2).fill([true, false])));
  });

  test.each([0, 1])('stopping watcher %i leaves the other', async (stopped) => {
    const { watchIntersection } = await load();
    const element = add(0);
    const both = [recorder(), recorder()] as const;
    const stops = both.map(({ seen }) => watchIntersection(element, seen));
    await until(() => expect(both.map(({ told }) => told)).toEqual([[true], [true]]));
    stops[stopped]?.();
    element.style.top = '5000px';
    await until(() => expect(both[1 - stopped]?.told).toEqual([true, false]));
    expect(both[stopped]?.told).toEqual([true]);
  });

  test('a watcher that joins later is told the current state, and the first hears nothing twice', async () => {
    const { watchIntersection } = await load();
    const element = add(0);
    const [first, second] = [recorder(), recorder()];
    watchIntersection(element, first.seen);
    await until(() => expect(first.told).toEqual([true]));
    watchIntersection(element, second.seen);
    await until(() => expect(second.told).toEqual([true]));
    await frames();
    expect(first.told).toEqual([true]);
  });

  test('one callback given twice is two watchers', async () => {
    const { watchIntersection } = await load();
    const element = add(0);
    const { told, seen } = recorder();
    const stop = watchIntersection(element, seen);
    watchIntersection(element, seen);
    await until(() => expect(told).toEqual([true, true]));
    stop();
    stop();
    element.style.top = '5000px';
    await until(() => expect(told).toEqual([true, true, false]));
  });
});

test('the last known state is kept after the last watcher has stopped', async () => {
  const { knownIntersection, watchIntersection } = await load();
  const element = add(0);
  expect(knownIntersection(element)).toBeNull();
  const { told, seen } = recorder();
  const stop = watchIntersection(element, seen);
  await until(() => expect(told).toEqual([true]));
  stop();
  expect(knownIntersection(element)).toBe(true);
});

describe('a browser that cannot report intersections', () => {
  test('none: nothing is watched, and nothing breaks', async () => {
    vi.stubGlobal('IntersectionObserver', undefined);
    const { tellsIntersection, watchIntersection } = await load();
    expect(tellsIntersection()).toBe(false);
    const { told, seen } = recorder();
    watchIntersection(add(0), seen)();
    await frames();
    expect(told).toEqual([]);
  });

  test('one whose constructor throws counts as none, and is constructed once', async () => {
    let constructed = 0;
    vi.stubGlobal(
      'IntersectionObserver',
      class {
        constructor() {
          constructed += 1;
          throw new TypeError('Illegal constructor');
        }
      },
    );
    const { tellsIntersection, watchIntersection } = await load();
    expect(tellsIntersection()).toBe(false);
    expect(() => watchIntersection(add(0), () => {})()).not.toThrow();
    expect(constructed).toBe(1);
  });

  test('a polyfill that comes later is used', async () => {
    const Native = IntersectionObserver;
    vi.stubGlobal('IntersectionObserver', undefined);
    const { tellsIntersection } = await load();
    expect(tellsIntersection()).toBe(false);
    vi.stubGlobal('IntersectionObserver', Native);
    expect(tellsIntersection()).toBe(true);
  });
});
