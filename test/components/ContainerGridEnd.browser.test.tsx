import '../../src/styles/index.css';
import { type ReactNode, useEffect, useState } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import { ContainerGrid, LayersProvider } from '../../src/index.js';
import { createLibrary } from '../../stories/support/library.js';
import { frames } from '../support/frames.js';
import { previews } from './support.js';

const library = createLibrary(2_000, previews);
const PAGE = 40;
/** High enough that nothing of the grid is left on the screen at the end of the page. */
const footer = <footer style={{ blockSize: 420, background: '#eee' }}>Foot of the host</footer>;
const rows = () => [...document.querySelectorAll<HTMLElement>('[role="row"]')];

beforeEach(() => window.scrollTo(0, 0));
afterEach(cleanup);

let pages = 1;
/** A list that answers a moment after it was asked. */
function List({ loadMore, around }: { loadMore: 'scroll' | 'button'; around: (grid: ReactNode) => ReactNode }) {
  const [shown, setShown] = useState(1);
  const [isFetching, setFetching] = useState(false);
  useEffect(() => {
    // oxlint-disable-next-line react/globals -- what a test looks at
    pages = shown;
  }, [shown]);
  const onLoadMore = () => {
    setFetching(true);
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        setFetching(false);
        setShown((count) => count + 1);
      }),
    );
  };
  return around(
    <ContainerGrid
      containers={library.slice(0, shown * PAGE)}
      hasNextPage
      isFetchingNextPage={isFetching}
      onLoadMore={onLoadMore}
      loadMore={loadMore}
    />,
  );
}

const AROUND: Record<string, (grid: ReactNode) => ReactNode> = {
  'the page': (grid) => (
    <>
      {grid}
      {footer}
    </>
  ),
  'the page, in a provider with its live region': (grid) => (
    <LayersProvider baseUrl="/api">
      {grid}
      {footer}
    </LayersProvider>
  ),
  'the page, above something positioned absolutely': (grid) => (
    <>
      {grid}
      {footer}
      <p style={{ position: 'absolute', margin: 0 }}>Stays at the foot</p>
    </>
  ),
  'a pane': (grid) => (
    <div data-testid="pane" style={{ blockSize: 560, overflowY: 'auto' }}>
      {grid}
      {footer}
    </div>
  ),
};

describe.each(Object.entries(AROUND))('at the end of a grid in %s with something of the host below', (_, around) => {
  const pane = () => document.querySelector<HTMLElement>('[data-testid="pane"]') ?? document.documentElement;
  const top = () => pane().scrollTop;
  const toEnd = () => pane().scrollTo({ top: pane().scrollHeight, behavior: 'instant' });

  it('one page is loaded each time that somebody goes there, and the page stays where it is', async () => {
    await render(<List loadMore="scroll" around={around} />);
    await frames(10);
    expect(pages).toBe(1);
    for (let press = 1; press <= 4; press += 1) {
      toEnd();
      const at = top();
      await expect.poll(() => pages).toBe(press + 1);
      await frames(30);
      expect(pages).toBe(press + 1);
      expect(Math.abs(top() - at)).toBeLessThan(2);
    }
  });

  it('by the End key, too', async () => {
    await render(<List loadMore="scroll" around={around} />);
    await frames(10);
    const focused = document.querySelector<HTMLElement>('[data-testid="pane"]');
    if (focused) focused.tabIndex = 0;
    focused?.focus();
    for (let press = 1; press <= 3; press += 1) {
      await userEvent.keyboard('{End}');
      await expect.poll(() => pages, { timeout: 8_000 }).toBe(press + 1);
      await frames(40);
      expect(pages).toBe(press + 1);
    }
  });

  it('by a button shows what comes after what was there, where the button was', async () => {
    const screen = await render(<List loadMore="button" around={around} />);
    await frames(10);
    const button = screen.getByRole('button', { name: 'Load more' });
    for (let press = 1; press <= 3; press += 1) {
      (button.element() as HTMLElement).scrollIntoView({ block: 'center', behavior: 'instant' });
      await frames(6);
      const at = top();
      const last = rows().at(-1) as HTMLElement;
      const before = last.getBoundingClientRect().top;
      await button.click();
      await expect.poll(() => pages).toBe(press + 1);
      await frames(20);
      expect(Math.abs(top() - at)).toBeLessThan(2);
      expect(last.isConnected).toBe(true);
      expect(Math.abs(last.getBoundingClientRect().top - before)).toBeLessThan(2);
      expect(rows().length).toBeGreaterThan(4);
    }
    expect(pages).toBe(4);
  });
});

describe('rows that turn out otherwise than was guessed', () => {
  it('do not move the page where what is below the grid is on the screen', async () => {
    await render(
      <>
        <ContainerGrid
          containers={library.slice(0, 300)}
          variant="list"
          renderItem={({ hook }, index) => <p style={{ blockSize: index > 280 ? 300 : 60, margin: 0 }}>{hook}</p>}
        />
        {footer}
      </>,
    );
    await frames(10);
    window.scrollTo(0, document.documentElement.scrollHeight);
    await frames(20);
    const { scrollHeight } = document.documentElement;
    const seen = rows().filter((row) => row.getBoundingClientRect().top > 0);
    const before = seen.map((row) => row.getBoundingClientRect().top);
    await frames(20);
    expect(document.documentElement.scrollHeight).toBe(scrollHeight);
    expect(seen.map((row) => row.getBoundingClientRect().top)).toEqual(before);
  });
});

describe('a grid in which something is selected', () => {
  it('leaves the cards where they are when its bar comes and goes', async () => {
    await render(<ContainerGrid containers={library.slice(0, 200)} selectable={() => true} />);
    await frames(6);
    window.scrollTo(0, 3_000);
    await frames(6);
    const card = rows().find((row) => row.getBoundingClientRect().top > 100) as HTMLElement;
    const before = card.getBoundingClientRect().top;
    const box = card.querySelector('input') as HTMLInputElement;
    box.click();
    await frames(6);
    expect(document.querySelector('[data-part="selection"]')).not.toBeNull();
    expect(Math.abs(card.getBoundingClientRect().top - before)).toBeLessThan(2);
    box.click();
    await frames(6);
    expect(Math.abs(card.getBoundingClientRect().top - before)).toBeLessThan(2);
  });
});
