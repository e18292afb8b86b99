'use client';
import { type RefObject, useState } from 'react';
import { useIsomorphicLayoutEffect } from '../../internal/useIsomorphicLayoutEffect.js';

/** How the browser has laid out a grid. */
export interface GridLayout {
  columns: number;
  /** Pixels between two rows. */
  gap: number;
  /** Height of a row that was drawn, in pixels: the guess for those that were not. */
  rowHeight: number;
  /** What scrolls: the page, or an element around the grid. */
  scroller: Element | Window;
  /** Pixels from the beginning of what scrolls to the grid. */
  margin: number;
  /** Pixels at the upper edge of the screen that something else covers: the grid's bar, and what the page keeps above it. */
  covered: number;
  isRightToLeft: boolean;
}

/**
 * Reads the layout of a grid from the browser, so that the stylesheet alone decides how many columns there are; anew whenever that may have changed.
 * `null` on the server and until the first row is drawn.
 */
export function useGridLayout(grid: RefObject<HTMLElement | null>, hasRows: boolean): GridLayout | null {
  const [layout, setLayout] = useState<GridLayout | null>(null);
  useIsomorphicLayoutEffect(() => {
    const element = grid.current;
    if (!element || !hasRows) return undefined;
    const measure = () => setLayout((known) => readLayout(element, known));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    // It grows by its bar.
    if (element.parentElement) observer.observe(element.parentElement);
    // What stands above the grid moves it.
    observer.observe(document.body);
    window.addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
    };
  }, [grid, hasRows]);
  return layout;
}

function readLayout(element: HTMLElement, known: GridLayout | null): GridLayout | null {
  const item = element.querySelector<HTMLElement>(':scope > [role="row"]');
  const style = getComputedStyle(element);
  const bar = element.parentElement?.querySelector<HTMLElement>(':scope > [data-part="bar"]');
  // A grid that is not displayed has no layout; it keeps the one it had.
  if (!item || element.clientWidth === 0) return known;
  const scroller = scrollerOf(element);
  const top = element.getBoundingClientRect().top;
  const margin =
    scroller instanceof Element
      ? top - scroller.getBoundingClientRect().top - scroller.clientTop + scroller.scrollTop
      : top + window.scrollY;
  const columns = Math.max(1, style.gridTemplateColumns.split(' ').length);
  const next: GridLayout = {
    columns,
    gap: Number.parseFloat(style.rowGap) || 0,
    rowHeight: known && known.columns === columns ? known.rowHeight : Math.max(1, item.offsetHeight),
    scroller,
    margin: Math.round(margin),
    covered: (Number.parseFloat(style.scrollMarginTop) || 0) + (bar?.offsetHeight ?? 0),
    isRightToLeft: style.direction === 'rtl',
  };
  return known && isSame(known, next) ? known : next;
}

const isSame = (a: GridLayout, b: GridLayout) => (Object.keys(b) as (keyof GridLayout)[]).every((key) => a[key] === b[key]);

/** The nearest that has more to show than room. What clips sideways only says `auto`, too, and is as high as what it holds: it never scrolls. */
function scrollerOf(element: HTMLElement): Element | Window {
  for (let parent = element.parentElement; parent && parent !== document.body; parent = parent.parentElement)
    if (parent.scrollHeight > parent.clientHeight + 1 && /auto|scroll|overlay/.test(getComputedStyle(parent).overflowY)) return parent;
  return window;
}
