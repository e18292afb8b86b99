'use client';
import { type RefObject, useRef, useState } from 'react';
import { isElement } from '../../internal/dom.js';
import { watchSizes } from '../../internal/resize.js';
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
  /** Pixels of what scrolls from its beginning to the grid. */
  margin: number;
  /** How large the grid is drawn in what scrolls: other than 1 where it, or something between the two, is zoomed or scaled. */
  scale: number;
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
  const latest = useRef(layout);
  useIsomorphicLayoutEffect(() => {
    const element = grid.current;
    if (!element || !hasRows) return undefined;
    let scroller: Element | Window | null = null;
    const { ownerDocument: page } = element;
    const view = page.defaultView;
    /** Where somebody has scrolled to. */
    let seen = Number.NaN;
    const scrolled = () => {
      if (scroller) seen = positionOf(scroller);
    };
    const measure = () => {
      if (element.clientWidth > 0) scroller ??= scrollerOf(element);
      const next = readLayout(element, latest.current, scroller);
      if (latest.current && next) stay(latest.current, next, seen);
      scrolled();
      // React renders a component again before it sees that its state is the same.
      if (next === latest.current) return;
      latest.current = next;
      setLayout(next);
    };
    const resized = () => {
      // Where a page has a pane on a desk it may have none on a phone.
      scroller = null;
      measure();
    };
    measure();
    // It grows by its bar, and what stands above it moves it.
    const stop = watchSizes([element, element.parentElement ?? element, page.body], measure);
    view?.addEventListener('resize', resized);
    page.addEventListener('scroll', scrolled, { capture: true, passive: true });
    return () => {
      stop();
      page.removeEventListener('scroll', scrolled, { capture: true });
      view?.removeEventListener('resize', resized);
    };
  }, [grid, hasRows]);
  return layout;
}

/** How far something is scrolled, in its own pixels. */
const positionOf = (scroller: Element | Window) => (isElement(scroller) ? scroller.scrollTop : scroller.scrollY);

/**
 * What comes or goes above a grid, its own bar for one, leaves the cards that somebody looks at where they are: the browser holds nothing in a grid.
 *
 * @param seen where somebody has scrolled to; elsewhere the browser has scrolled already
 */
function stay(before: GridLayout, after: GridLayout, seen: number): void {
  const { scroller, columns, scale, margin } = after;
  const moved = margin - before.margin;
  if (moved === 0 || scroller !== before.scroller || columns !== before.columns || scale !== before.scale) return;
  if (seen > before.margin && positionOf(scroller) === seen) scroller.scrollBy({ top: moved, behavior: 'instant' });
}

function readLayout(element: HTMLElement, known: GridLayout | null, scroller: Element | Window | null): GridLayout | null {
  const item = element.querySelector<HTMLElement>(':scope > [role="row"]');
  const style = getComputedStyle(element);
  const bar = element.parentElement?.querySelector<HTMLElement>(':scope > [data-part="bar"]');
  // A grid that is not displayed has no layout; it keeps the one it had.
  if (!item || scroller === null || element.clientWidth === 0) return known;
  // What is drawn is told in pixels of the screen, what is laid out in those of the element: they differ under `zoom` and `scale`.
  const { top } = element.getBoundingClientRect();
  const outer = isElement(scroller) ? scaleOf(scroller) : 1;
  const margin = isElement(scroller)
    ? (top - scroller.getBoundingClientRect().top) / outer - scroller.clientTop + scroller.scrollTop
    : top + scroller.scrollY;
  const columns = Math.max(1, style.gridTemplateColumns.split(' ').length);
  const next: GridLayout = {
    columns,
    gap: Number.parseFloat(style.rowGap) || 0,
    rowHeight: known && known.columns === columns ? known.rowHeight : Math.max(1, item.offsetHeight),
    scroller,
    margin: Math.round(margin),
    scale: scaleOf(element) / outer,
    covered: (Number.parseFloat(style.scrollMarginTop) || 0) + (bar?.offsetHeight ?? 0),
    isRightToLeft: style.direction === 'rtl',
  };
  return known && isSame(known, next) ? known : next;
}

/** How large an element is drawn, as a factor: exact, as it is to hold a hundred thousand pixels further down. */
function scaleOf(element: Element): number {
  const { offsetWidth = 0 } = element as Partial<HTMLElement>;
  const scale = offsetWidth === 0 ? 1 : element.getBoundingClientRect().width / exactWidth(element, offsetWidth);
  return Math.abs(scale - 1) * offsetWidth < 1 ? 1 : scale;
}

/** The width of an element as it is laid out: `offsetWidth` is rounded. */
function exactWidth(element: Element, offsetWidth: number): number {
  const style = getComputedStyle(element);
  const edges = [style.paddingLeft, style.paddingRight, style.borderLeftWidth, style.borderRightWidth].map(Number.parseFloat);
  const bar = offsetWidth - element.clientWidth - (edges[2] ?? 0) - (edges[3] ?? 0);
  const inner = Number.parseFloat(style.width);
  const width = style.boxSizing === 'border-box' ? inner : edges.reduce((sum, edge) => sum + edge, inner + Math.round(bar));
  return Math.abs(width - offsetWidth) < 1 ? width : offsetWidth;
}

const isSame = (a: GridLayout, b: GridLayout) => (Object.keys(b) as (keyof GridLayout)[]).every((key) => a[key] === b[key]);

/** Pixels that no pane is high. */
const TALL = '20000px';

/**
 * The nearest that scrolls when the grid is high. What clips sideways only says `auto`, too, and grows with what it holds; whether something does tells
 * only a look at it with a grid that is high, which nobody sees.
 */
function scrollerOf(element: HTMLElement): Element | Window {
  const panes: Element[] = [];
  for (let parent = element.parentElement; parent && parent !== element.ownerDocument.body; parent = parent.parentElement)
    if (/auto|scroll|overlay/.test(getComputedStyle(parent).overflowY)) panes.push(parent);
  const view = element.ownerDocument.defaultView ?? window;
  if (panes.length === 0) return view;
  const { minBlockSize } = element.style;
  element.style.minBlockSize = TALL;
  const found = panes.find((pane) => pane.scrollHeight > pane.clientHeight + 1);
  element.style.minBlockSize = minBlockSize;
  return found ?? view;
}
