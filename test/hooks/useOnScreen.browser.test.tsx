import { type Ref, useEffect, useRef } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { useSentinel } from '../../src/hooks/useSentinel.js';
import { useOnScreen } from '../../src/index.js';
import { mergeRefs } from '../../src/internal/renderElement.js';
import { frames } from '../support/frames.js';
import { createWorld, type World } from '../support/world.js';
import { until } from '../support/until.js';

let world: World;
/** What the registry was told, in order: the container, whether it is on screen; `null`: withdrawn. */
let told: [string, boolean | null][];

beforeEach(() => {
  world = createWorld();
  told = [];
  const record = (id: string, onScreen: boolean) => {
    told.push([id, onScreen]);
    return () => void told.push([id, null]);
  };
  vi.spyOn(world.client.schedule, 'show').mockImplementation((id, _, onScreen) => record(id, onScreen));
});
afterEach(cleanup);

const place = (top: number) => ({ position: 'absolute', top, inlineSize: 10, blockSize: 10 }) as const;

interface RowProps {
  id: string | null;
  top?: number;
  /** How the hook's ref is passed on. */
  wrap?: (ref: Ref<Element>) => Ref<Element>;
  /** Another key makes another element. */
  element?: string;
  isDrawn?: boolean;
}

function Row({ id, top = 0, wrap = (ref) => ref, element = 'a', isDrawn = true }: RowProps) {
  const ref = useOnScreen(id);
  return isDrawn ? <div key={element} ref={wrap(ref) as Ref<HTMLDivElement>} style={place(top)} /> : null;
}

const show = (props: RowProps) => render(<Row {...props} />, { wrapper: world.wrapper });

const call = (ref: Ref<Element>, element: Element | null) => (ref as (element: Element | null) => void)(element);

describe.each<[string, RowProps['wrap']]>([
  ['the ref itself', undefined],
  ['an inline ref', (ref) => (element) => call(ref, element)],
  ['the ref merged with an inline one', (ref) => mergeRefs(() => {}, ref) as Ref<Element>],
  ['an inline ref merged behind it', (ref) => mergeRefs(ref, () => {}) as Ref<Element>],
  ['the ref merged with an inline one that returns a cleanup', (ref) => mergeRefs(() => () => {}, ref) as Ref<Element>],
])('%s', (_, wrap) => {
  test('stays on screen at every render', async () => {
    const { rerender } = await show({ id: 'c', ...(wrap && { wrap }) });
    await until(() => expect(told.at(-1)).toEqual(['c', true]));
    told = [];
    for (let count = 0; count < 3; count += 1) {
      await rerender(<Row id="c" {...(wrap && { wrap })} />);
      await frames();
    }
    expect(told).toEqual([]);
  });

  test('withdraws once its element has gone, and once only', async () => {
    const { rerender } = await show({ id: 'c', ...(wrap && { wrap }) });
    await until(() => expect(told.at(-1)).toEqual(['c', true]));
    told = [];
    await rerender(<Row id="c" isDrawn={false} {...(wrap && { wrap })} />);
    await frames();
    expect(told).toEqual([['c', null]]);
  });
});

test('an element below the fold is off screen, and comes onto it', async () => {
  const { rerender } = await show({ id: 'c', top: 5000 });
  await frames();
  expect(told.map(([, onScreen]) => onScreen)).not.toContain(true);
  expect(told.at(-1)).toEqual(['c', false]);
  await rerender(<Row id="c" top={0} />);
  await until(() => expect(told.at(-1)).toEqual(['c', true]));
});

test('another element is looked at afresh, the one before is withdrawn', async () => {
  const { rerender } = await show({ id: 'c' });
  await until(() => expect(told.at(-1)).toEqual(['c', true]));
  told = [];
  await rerender(<Row id="c" element="b" top={5000} />);
  await frames();
  expect(told.slice(0, 2)).toEqual([
    ['c', null],
    ['c', false],
  ]);
  expect(told.map(([, onScreen]) => onScreen)).not.toContain(true);
});

test('another container in the same element starts with what is known of the element', async () => {
  const { rerender } = await show({ id: 'c' });
  await until(() => expect(told.at(-1)).toEqual(['c', true]));
  told = [];
  await rerender(<Row id="d" />);
  await frames();
  expect(told).toContainEqual(['c', null]);
  expect(told).toContainEqual(['d', true]);
  expect(told).not.toContainEqual(['d', false]);
});

test('two hooks on one element: each tells its own container', async () => {
  function Pair({ isAlone }: { isAlone: boolean }) {
    const first = useOnScreen('c');
    const second = useOnScreen(isAlone ? null : 'd');
    return <div ref={mergeRefs(first, second) as Ref<HTMLDivElement>} style={place(0)} />;
  }
  const { rerender } = await render(<Pair isAlone={false} />, { wrapper: world.wrapper });
  await until(() => expect(told.filter(([, onScreen]) => onScreen)).toHaveLength(2));
  await rerender(<Pair isAlone />);
  await frames();
  const last = (id: string) => told.findLast(([each]) => each === id)?.[1];
  expect([last('c'), last('d')]).toEqual([true, null]);
});

test('a sentinel with an inline ref calls back once, not at every render', async () => {
  let calls = 0;
  let renders = 0;
  function List({ count }: { count: number }) {
    const ref = useSentinel(count, () => {
      calls += 1;
    });
    const element = useRef<Element | null>(null);
    useEffect(() => {
      renders += 1;
    });
    return (
      <div
        ref={(next) => {
          element.current = next;
          ref(next);
        }}
        style={place(0)}
      />
    );
  }
  const { rerender } = await render(<List count={1} />);
  await until(() => expect(calls).toBe(1));
  for (let count = 0; count < 3; count += 1) {
    await rerender(<List count={1} />);
    await frames();
  }
  expect([calls, renders]).toEqual([1, 4]);
  await rerender(<List count={2} />);
  await until(() => expect(calls).toBe(2));
});
