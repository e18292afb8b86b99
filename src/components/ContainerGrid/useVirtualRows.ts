'use client';
import {
  measureElement,
  observeWindowOffset,
  observeWindowRect,
  useVirtualizer,
  type Virtualizer,
  windowScroll,
} from '@tanstack/react-virtual';
import type { GridLayout } from './useGridLayout.js';

/** Rows drawn beyond each edge of the screen. */
const OVERSCAN_ROWS = 1;

/** Pixels that the mark of what has the focus takes up around it. */
const RING = 4;

/** Which rows of a grid are drawn, and where they stand. */
export interface VirtualRows {
  /** The first row that is drawn, and the one after the last. */
  first: number;
  end: number;
  /** Height of all rows, in pixels, and of those above the first. */
  height: number;
  above: number;
  /** A ref for one item of each row that carries `data-index`: its height is the row's. */
  measure: (item: HTMLElement | null) => void;
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
  count: number;
  layout: GridLayout | null;
}

/** The rows of a grid that are on the screen. Without a layout there are none. */
export function useVirtualRows({ count, layout }: RowsInput): VirtualRows {
  const isWindow = layout?.scroller === globalThis.window;
  // oxlint-disable-next-line react/incompatible-library -- its functions are read in the render that made them, and by no memo
  const virtualizer = useVirtualizer<Element, HTMLElement>({
    count,
    enabled: layout !== null,
    getScrollElement: () => (layout?.scroller ?? null) as Element | null,
    estimateSize: () => layout?.rowHeight ?? 0,
    gap: layout?.gap ?? 0,
    scrollMargin: layout?.margin ?? 0,
    scrollPaddingStart: (layout?.covered ?? 0) + RING,
    scrollPaddingEnd: layout?.gap ?? 0,
    overscan: OVERSCAN_ROWS,
    measureElement: heightOf,
    // A row that is measured may have others drawn, which browsers report as an error where it happens while they measure.
    useAnimationFrameWithResizeObserver: true,
    // The hook for elements, since what scrolls is only known once the grid is in the page.
    ...(isWindow &&
      ({ observeElementRect: observeWindowRect, observeElementOffset: observeWindowOffset, scrollToFn: windowScroll } as object)),
    initialOffset: () => offsetOf(layout?.scroller),
  });
  const rows = virtualizer.getVirtualItems();
  const margin = layout?.margin ?? 0;
  const startOf = (row: number) => (virtualizer.measurementsCache[row]?.start ?? margin) - margin;
  return {
    first: rows[0]?.index ?? 0,
    end: (rows.at(-1)?.index ?? -1) + 1,
    height: virtualizer.getTotalSize(),
    above: rows[0] ? rows[0].start - margin : 0,
    measure: virtualizer.measureElement,
    startOf,
    place: () => {
      const offset = virtualizer.scrollOffset ?? 0;
      const row = virtualizer.getVirtualItemForOffset(offset);
      return row === undefined || offset < margin ? null : { row: row.index, offset: offset - row.start };
    },
    pageRows: () => Math.max(1, Math.floor((virtualizer.scrollRect?.height ?? 0) / ((layout?.rowHeight ?? 1) + (layout?.gap ?? 0)))),
    scrollToRow: (row) => virtualizer.scrollToIndex(row, { align: 'auto' }),
    scrollTo: (row, offset) => virtualizer.scrollToOffset(margin + startOf(row) + offset),
  };
}

/** What is not displayed, and what stands apart from the others of its row, says nothing of the height of the row. */
function heightOf(item: HTMLElement, entry: ResizeObserverEntry | undefined, virtualizer: Virtualizer<Element, HTMLElement>): number {
  if (item.offsetParent !== null && item.style.position === '') return measureElement(item, entry, virtualizer);
  const row = virtualizer.indexFromElement(item);
  return virtualizer.itemSizeCache.get(row) ?? virtualizer.options.estimateSize(row);
}

function offsetOf(scroller: Element | Window | undefined): number {
  if (scroller === undefined) return 0;
  return scroller instanceof Element ? scroller.scrollTop : scroller.scrollY;
}
