import '../../src/styles/index.css';
import type { CSSProperties, ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import { ContainerGrid } from '../../src/index.js';
import { createLibrary } from '../../stories/support/library.js';
import { frames } from '../support/frames.js';
import { previews } from './support.js';

const library = createLibrary(400, previews);
const heightOf = (index: number) => 60 + ((index * 37) % 90);
const rows = () => [...document.querySelectorAll<HTMLElement>('[role="row"]')];
const item = (index: number) => document.querySelector<HTMLElement>(`[aria-rowindex="${index + 1}"]`);

beforeEach(() => window.scrollTo(0, 0));
afterEach(async () => {
  await cleanup();
  document.documentElement.style.zoom = '';
  document.body.style.zoom = '';
});

const PANE: CSSProperties = { blockSize: 500, overflowY: 'auto' };
const SCALED: CSSProperties = { transform: 'scale(0.6)', transformOrigin: '0 0' };
type Around = (grid: ReactNode) => ReactNode;
const header = <p style={{ blockSize: 150, margin: 0 }}>Above</p>;
const pane = (inner: ReactNode, style: CSSProperties = {}) => (
  <div data-testid="pane" style={{ ...PANE, ...style }}>
    {header}
    {inner}
  </div>
);

const page: Record<string, Around> = {
  'zoom on what is around it': (grid) => (
    <div style={{ zoom: 0.6 }}>
      {header}
      {grid}
    </div>
  ),
  'zoom that is large': (grid) => (
    <div style={{ zoom: 1.75 }}>
      {header}
      {grid}
    </div>
  ),
  'zoom twice': (grid) => (
    <div style={{ zoom: 0.8 }}>
      {header}
      <div style={{ zoom: 0.75 }}>{grid}</div>
    </div>
  ),
  'scale on what is around it': (grid) => (
    <div style={SCALED}>
      {header}
      {grid}
    </div>
  ),
  'zoom of the body': (grid) => {
    document.body.style.zoom = '0.6';
    return grid;
  },
  'zoom of the page': (grid) => {
    document.documentElement.style.zoom = '0.6';
    return grid;
  },
};
const panes: Record<string, Around> = {
  'zoom around the pane': (grid) => <div style={{ zoom: 0.6 }}>{pane(grid)}</div>,
  'zoom of the pane': (grid) => pane(grid, { zoom: 0.6 }),
  'zoom in the pane': (grid) => pane(<div style={{ zoom: 0.6 }}>{grid}</div>),
  'scale around the pane': (grid) => <div style={SCALED}>{pane(grid)}</div>,
  'scale in the pane': (grid) => pane(<div style={SCALED}>{grid}</div>),
  'zoom of the page, with a pane': (grid) => {
    document.documentElement.style.zoom = '0.6';
    return pane(grid);
  },
};

const layouts = [...Object.entries(page), ...Object.entries(panes)];

describe.each(layouts)('ContainerGrid under %s', (_, around) => {
  const scroller = () => document.querySelector<HTMLElement>('[data-testid="pane"]');
  const scrollBy = (pixels: number) => (scroller() ?? window).scrollBy({ top: pixels, behavior: 'instant' });
  /** The part of the screen that shows the grid. */
  const seen = () => {
    const { top, bottom } = scroller()?.getBoundingClientRect() ?? { top: 0, bottom: innerHeight };
    return { top: Math.max(0, top), bottom: Math.min(innerHeight, bottom) };
  };
  const show = (variant: 'grid' | 'list' = 'list') =>
    render(
      around(
        <ContainerGrid
          containers={library}
          variant={variant}
          scrollKey={null}
          {...(variant === 'list' && {
            renderItem: ({ hook }, index) => <p style={{ blockSize: heightOf(index), margin: 0 }}>{hook}</p>,
          })}
        />,
      ) as never,
    );

  it('has cards wherever it is scrolled to, and they move only as far as that', async () => {
    await show();
    await frames();
    // What a pixel of scrolling is on the screen is the browser's to know.
    const above = () => (document.querySelector('[role="grid"]') as HTMLElement).getBoundingClientRect().top;
    const start = above();
    scrollBy(20);
    const pixels = ((start - above()) / 20) * 100;
    scrollBy(9_000);
    await frames();
    for (let step = 0; step < 12; step += 1) {
      const { top, bottom } = seen();
      const drawn = rows().map((row) => row.getBoundingClientRect());
      expect(drawn[0]?.top).toBeLessThanOrEqual(top + 1);
      expect(drawn.at(-1)?.bottom).toBeGreaterThanOrEqual(bottom - 1);
      const middle = rows().find((row) => row.getBoundingClientRect().top > (top + bottom) / 2) as HTMLElement;
      const before = middle.getBoundingClientRect().top;
      scrollBy(-100);
      await frames(3);
      expect(item(Number(middle.getAttribute('aria-rowindex')) - 1)).toBe(middle);
      expect(Math.abs(middle.getBoundingClientRect().top - before - pixels)).toBeLessThan(3);
    }
  });

  it('keys bring a card into view whole', async () => {
    await show('grid');
    await frames();
    item(0)?.focus();
    for (const key of ['{PageDown}', '{ArrowDown}', '{Control>}{End}{/Control}', '{PageUp}', '{ArrowUp}', '{Control>}{Home}{/Control}']) {
      await userEvent.keyboard(key);
      await frames(6);
      const { top, bottom } = (document.activeElement as HTMLElement).getBoundingClientRect();
      const { top: least, bottom: most } = seen();
      expect((document.activeElement as HTMLElement).getAttribute('role')).toBe('row');
      // One that is higher than the screen begins or ends on it.
      const isInView = bottom - top <= most - least ? top >= least - 1 && bottom <= most + 1 : bottom > least && top < most;
      expect([key, top, bottom, isInView]).toEqual([key, top, bottom, true]);
    }
  });
});
