'use client';
import { type RefObject, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { isElement, viewOf } from '../../internal/dom.js';
import { watchSizes } from '../../internal/resize.js';
import { useIsomorphicLayoutEffect } from '../../internal/useIsomorphicLayoutEffect.js';
import { useHeldScroll } from './useHeldScroll.js';
import { rowAt, rowsIn, startsOf } from './rowStarts.js';
import type { GridLayout } from './useGridLayout.js';

/** Rows drawn beyond each edge of the screen. */
const OVERSCAN_ROWS = 1;

/** Pixels that the mark of what has the focus takes up around it. */
const RING = 4;

/** Which rows of a grid are drawn, and where they stand. */
export interface VirtualRows {
  /**
   * The first row that is drawn, and the one after the last; whether the grid begins on the screen, above it or at most one screen below. `null` until it
   * was looked what is on the screen.
   */
  drawn: { first: number; end: number; isReached: boolean } | null;
  /** Height of all rows, in pixels, and of those above the first. */
  height: number;
  above: number;
  /** Where a row begins, in pixels from the beginning of the grid. */
  startOf: (row: number) => number;
  /** The row at the upper edge of the screen, and how many pixels of it are out of view. */
  place: () => { row: number; offset: number } | null;
  /** How many rows fit on the screen, 1 or more. */
  pageRows: () => number;
  scrollToRow: (row: number) => void;
  scrollTo: (row: number, offset: number) => void;
}

interface RowsInput {
  grid: RefObject<HTMLElement | null>;
  count: number;
  layout: GridLayout | null;
  /** Another one when what stands below the rows is. */
  foot: string;
}

/**
 * The rows of a grid that are on the screen. A row is as high as its first item, which carries `data-row`: it is measured before it is painted, and what
 * is on the screen stays where it is. Made for this grid, as no library draws items that stand in a CSS grid and keep their elements when the number of
 * columns changes.
 */
export function useVirtualRows({ grid, count, layout, foot }: RowsInput): VirtualRows {
  const { columns = 1, rowHeight: guess = 0, gap = 0 } = layout ?? {};
  const [measured, setMeasured] = useState(() => ({ columns, heights: new Map<number, number>() }));
  const [drawn, setDrawn] = useState<VirtualRows['drawn']>(null);
  // With another number of columns other cards stand in a row.
  const heights = useMemo(() => (measured.columns === columns ? measured.heights : new Map<number, number>()), [measured, columns]);
  const starts = useMemo(() => startsOf({ count, guess, gap }, heights), [count, guess, gap, heights]);

  /** Of the grid, from its beginning. */
  const view = useRef({ top: 0, height: 0 });
  /** What rows above the screen have become higher by: what is on it has moved down as much. */
  const jump = useRef(0);
  const wanted = useRef<number | null>(null);
  const latest = useRef({ starts, layout, columns, heights, drawn });

  const scroll = (top: number) => {
    if (!layout || Math.abs(top - topIn(layout)) < 1) return;
    layout.scroller.scrollTo?.({ top: layout.margin + top * layout.scale, behavior: 'instant' });
    view.current.top = topIn(layout);
    look();
  };
  /** Looks what is on the screen. */
  const look = () => {
    const { starts: now, layout: laidOut, drawn: known } = latest.current;
    if (!laidOut) return;
    const { top, height } = { top: topIn(laidOut), height: heightIn(laidOut) };
    view.current = { top, height };
    const next = { ...rowsIn(now, top, top + height, OVERSCAN_ROWS), isReached: top + 2 * height > 0 };
    // React renders a component again before it sees that its state is the same. What is not committed yet looks again when it is.
    if (known?.first !== next.first || known.end !== next.end || known.isReached !== next.isReached) setDrawn(next);
  };
  /** Measures the rows that are drawn; whether any is other than it was known to be. */
  const measure = (): boolean => {
    const { starts: before, layout: laidOut, columns: columnsNow, heights: known } = latest.current;
    const changed = new Map<number, number>();
    for (const item of firstItemsIn(grid.current)) {
      const row = Number(item.dataset.row);
      // What is not displayed says nothing of the height of its row.
      if (item.offsetParent === null) continue;
      const height = exactHeight(item);
      if (known.get(row) !== height) changed.set(row, height);
    }
    if (!laidOut || changed.size === 0) return false;
    const next = new Map([...known, ...changed]);
    // The first row on the screen that somebody may have seen stays where it is; where all are new, the one at the upper edge does.
    const top = topIn(laidOut);
    const last = rowAt(before, top + heightIn(laidOut));
    const upper = rowAt(before, top);
    let anchor = upper;
    while (anchor <= last && !known.has(anchor)) anchor += 1;
    if (anchor > last) anchor = upper;
    for (const [row, height] of changed) if (row < anchor) jump.current += height - (known.get(row) ?? laidOut.rowHeight);
    setMeasured({ columns: columnsNow, heights: next });
    return true;
  };
  const bringIntoView = (row: number) => {
    const top = starts[row] ?? 0;
    const bottom = (starts[row + 1] ?? top) - gap;
    const covered = (layout?.covered ?? 0) + RING;
    // A row that is higher than the screen is read from its beginning.
    const least = Math.min(bottom + gap - view.current.height, top - covered);
    if (top - covered < view.current.top) scroll(top - covered);
    else if (least > view.current.top) scroll(least);
  };

  useIsomorphicLayoutEffect(() => {
    latest.current = { starts, layout, columns, heights, drawn };
    if (!layout) return;
    // Only now are the rows as high as they were measured, so that there is room to scroll in.
    if (jump.current !== 0) {
      const moved = jump.current;
      jump.current = 0;
      scroll(topIn(layout) + moved);
    }
    const hasChanged = measure();
    if (wanted.current !== null) {
      bringIntoView(wanted.current);
      // What stands on the way was guessed, so it may be elsewhere when it is drawn.
      if (!hasChanged && drawn !== null && wanted.current >= drawn.first && wanted.current < drawn.end) wanted.current = null;
    }
    look();
  });

  const scroller = layout?.scroller;
  useHeldScroll(scroller, `${starts[count]} ${foot}`);
  useIsomorphicLayoutEffect(() => {
    if (!scroller) return undefined;
    // In the frame of the scroll: nobody sees rows that are not drawn yet.
    const scrolled = () => flushSync(look);
    const sized = () => look();
    const page = viewOf(scroller);
    const stop = watchSizes(isElement(scroller) ? [scroller] : [], sized);
    scroller.addEventListener('scroll', scrolled, { passive: true });
    page?.addEventListener('resize', sized);
    return () => {
      stop();
      scroller.removeEventListener('scroll', scrolled);
      page?.removeEventListener('resize', sized);
    };
    // oxlint-disable-next-line react/exhaustive-deps -- what is looked at is in refs
  }, [scroller]);

  useIsomorphicLayoutEffect(() => {
    if (!layout) return undefined;
    const view = viewOf(layout.scroller) ?? window;
    let frame = 0;
    // In the next frame: a row that is measured may have others drawn, which browsers report as an error where it happens while they measure.
    const stop = watchSizes(firstItemsIn(grid.current), () => {
      view.cancelAnimationFrame(frame);
      frame = view.requestAnimationFrame(() => measure());
    });
    return () => {
      view.cancelAnimationFrame(frame);
      stop();
    };
    // oxlint-disable-next-line react/exhaustive-deps -- anew with other rows
  }, [grid, layout, drawn, count]);

  return {
    drawn: layout && drawn && { ...drawn, first: Math.min(drawn.first, count), end: Math.min(drawn.end, count) },
    height: Math.max(0, (starts[count] ?? 0) - gap),
    above: drawn ? (starts[Math.min(drawn.first, count)] ?? 0) : 0,
    startOf: (row) => starts[Math.min(row, count)] ?? 0,
    place: () => {
      const { starts: now, layout: laidOut } = latest.current;
      const { top } = view.current;
      if (!laidOut || now.length < 2 || top < 0) return null;
      const row = rowAt(now, top);
      return { row, offset: top - (now[row] as number) };
    },
    pageRows: () => Math.max(1, Math.floor(view.current.height / (guess + gap || 1))),
    scrollToRow: (row) => {
      wanted.current = row;
      bringIntoView(row);
    },
    scrollTo: (row, offset) => scroll((starts[Math.min(row, count)] ?? 0) + offset),
  };
}

/** The first item of each row that stands in the flow of the others. */
function firstItemsIn(grid: HTMLElement | null): NodeListOf<HTMLElement> | [] {
  return grid?.querySelectorAll<HTMLElement>(':scope > [data-row]') ?? [];
}

/** Under `zoom` no row is as high as whole pixels, and many that are rounded are another place. */
const exactHeight = (item: HTMLElement) => Number.parseFloat(getComputedStyle(item).height) || item.offsetHeight;

/** The upper edge of what is on the screen, in pixels of the grid from its beginning. */
const topIn = ({ scroller, margin, scale }: GridLayout) => ((isElement(scroller) ? scroller.scrollTop : scroller.scrollY) - margin) / scale;

/** How high what is on the screen is, in pixels of the grid. */
const heightIn = ({ scroller, scale }: GridLayout) => (isElement(scroller) ? scroller.clientHeight : scroller.innerHeight) / scale;
