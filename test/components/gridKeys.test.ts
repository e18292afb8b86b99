import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextIndex } from '../../src/components/ContainerGrid/gridKeys.js';
import { changeSelection, type SelectionChange } from '../../src/components/ContainerGrid/selection.js';
import type { ContainerSummary } from '../../src/model/container.js';
import { createLibrary } from '../../stories/support/library.js';

const press = (key: string, index: number, more: { ctrlKey?: boolean; isRightToLeft?: boolean; count?: number; columns?: number } = {}) =>
  nextIndex(
    { key, ctrlKey: more.ctrlKey ?? false, metaKey: false },
    { index, count: more.count ?? 11, columns: more.columns ?? 4, pageRows: 2, isRightToLeft: more.isRightToLeft ?? false },
  );

describe('keys of a grid of 11 in 4 columns', () => {
  test.each([
    ['ArrowRight', 3, 4],
    ['ArrowRight', 10, 10],
    ['ArrowLeft', 4, 3],
    ['ArrowLeft', 0, 0],
    ['ArrowDown', 1, 5],
    ['ArrowDown', 7, 10],
    ['ArrowDown', 9, 9],
    ['ArrowUp', 5, 1],
    ['ArrowUp', 2, 2],
    ['Home', 6, 4],
    ['End', 5, 7],
    ['End', 9, 10],
    ['PageDown', 1, 9],
    ['PageDown', 3, 10],
    ['PageUp', 9, 1],
    ['PageUp', 6, 2],
  ])('%s from %d goes to %d', (key, from, to) => {
    expect(press(key, from)).toBe(to);
  });

  test('with Ctrl, Home and End go over all', () => {
    expect(press('Home', 6, { ctrlKey: true })).toBe(0);
    expect(press('End', 2, { ctrlKey: true })).toBe(10);
  });

  test('from right to left the arrows are the other way round', () => {
    expect(press('ArrowLeft', 3, { isRightToLeft: true })).toBe(4);
    expect(press('ArrowRight', 3, { isRightToLeft: true })).toBe(2);
  });

  test('other keys move nothing', () => {
    for (const key of ['Enter', ' ', 'a', 'Tab', 'Escape']) expect(press(key, 3)).toBeNull();
  });

  test('no key leaves the grid, and down never goes up', () => {
    const keys = ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'Home', 'End', 'PageDown', 'PageUp'];
    fc.assert(
      fc.property(
        fc.constantFrom(...keys),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(),
        (key, count, columns, seed) => {
          const index = seed % count;
          const to = press(key, index, { count, columns }) as number;
          expect(to).toBeGreaterThanOrEqual(0);
          expect(to).toBeLessThan(count);
          const direction = /Down|Right|End/.test(key) ? 1 : -1;
          expect((to - index) * direction).toBeGreaterThanOrEqual(0);
          const rows = Math.abs(Math.floor(to / columns) - Math.floor(index / columns));
          expect(/Home|End/.test(key) ? rows : 0).toBe(0);
        },
      ),
    );
  });
});

describe('what is selected', () => {
  const rows = createLibrary(20);
  const ids = rows.map(({ id }) => id);
  const isSelectable = ({ approvalStatus, status }: ContainerSummary) => status === 'completed' && approvalStatus === 'pending';
  const offered = rows.filter(isSelectable).map(({ id }) => id);
  const change = (selected: readonly string[], what: SelectionChange) => changeSelection(new Set(selected), what, rows, isSelectable);

  test('goes on and off, in the order of the list', () => {
    const [first, second] = offered as [string, string];
    expect(change([second], { kind: 'toggle', id: first })).toEqual([first, second]);
    expect(change([first, second], { kind: 'toggle', id: second })).toEqual([first]);
  });

  test('a range takes in what can be selected on the way, either way round', () => {
    const [first, , third] = offered as [string, string, string];
    expect(change([], { kind: 'range', from: first, to: third })).toEqual(offered.slice(0, 3));
    expect(change([], { kind: 'range', from: third, to: first })).toEqual(offered.slice(0, 3));
    expect(change([], { kind: 'range', from: null, to: third })).toEqual([third]);
  });

  test('all and none', () => {
    expect(change([], { kind: 'all' })).toEqual(offered);
    expect(change(offered, { kind: 'none' })).toEqual([]);
  });

  test('nothing that cannot be selected ever is', () => {
    expect(change([ids[0] as string, 'cnt_gone'], { kind: 'toggle', id: ids[1] as string })).toEqual([]);
  });
});
