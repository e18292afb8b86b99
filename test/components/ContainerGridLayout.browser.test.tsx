import '../../src/styles/index.css';
import { StrictMode, useEffect } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { ContainerGrid } from '../../src/index.js';
import { NOW } from '../../stories/support/containers.js';
import { createLibrary } from '../../stories/support/library.js';
import { previews } from './support.js';
import { frames } from '../support/frames.js';
import { until } from '../support/until.js';

const library = createLibrary(1_000, previews);
const items = () => [...document.querySelectorAll<HTMLElement>('[role="row"]')];
const item = (index: number) => document.querySelector<HTMLElement>(`[aria-rowindex="${index + 1}"]`);
const grid = () => document.querySelector('[role="grid"]') as HTMLElement;

/** What stands at a point of the screen, a little inside of the grid. */
const rowAt = (top: number) => {
  const { left } = grid().getBoundingClientRect();
  return document.elementsFromPoint(left + 60, top).some((each) => each.closest('[role="row"]') !== null);
};
/** Whether rows cover the screen: between two of them lies a gap at most. */
const isCovered = (top = 0, bottom = innerHeight) => {
  const { top: first, bottom: last } = grid().getBoundingClientRect();
  for (let at = Math.max(top, first) + 2; at < Math.min(bottom, last) - 40; at += 20) if (!rowAt(at) && !rowAt(at + 20)) return false;
  return true;
};

beforeEach(() => window.scrollTo(0, 0));
afterEach(() => {
  document.body.removeAttribute('style');
});

describe('ContainerGrid: where it stands', () => {
  it('scrolls with the page inside of what clips sideways only', async () => {
    await render(
      <div style={{ overflowX: 'hidden' }}>
        <ContainerGrid containers={library} now={NOW} />
      </div>,
    );
    await frames();
    expect(items().length).toBeLessThan(60);
    window.scrollTo(0, 30_000);
    await until(() => expect(isCovered()).toBe(true));
    expect(items().length).toBeLessThan(60);
  });

  it('takes a pane that grows full for what scrolls as soon as it does', async () => {
    const page = (count: number) => (
      <section style={{ maxBlockSize: 400, overflowY: 'auto' }} aria-label="Pane">
        <ContainerGrid containers={library.slice(0, count)} now={NOW} variant="list" />
      </section>
    );
    const screen = await render(page(1));
    await frames();
    await screen.rerender(page(1_000));
    await frames();
    expect(items().length).toBeLessThan(60);
    const pane = document.querySelector('section') as HTMLElement;
    pane.scrollTop = 20_000;
    await until(() => expect(isCovered(pane.getBoundingClientRect().top, pane.getBoundingClientRect().bottom)).toBe(true));
  });

  it('draws what is in view when something came above it, also where the page itself has a fixed height', async () => {
    document.body.style.height = '100%';
    const page = (height: number) => (
      <>
        <div style={{ blockSize: height }} />
        <ContainerGrid containers={library} variant="list" renderItem={({ hook }) => <p style={{ blockSize: 60, margin: 0 }}>{hook}</p>} />
      </>
    );
    const screen = await render(page(0));
    await frames();
    await screen.rerender(page(6_000));
    window.scrollTo(0, 6_000);
    await until(() => expect(isCovered()).toBe(true));
    await frames(6);
    expect(isCovered()).toBe(true);
  });

  it('draws what is in view when something came above it in a pane', async () => {
    const page = (height: number) => (
      <section style={{ blockSize: 400, overflowY: 'auto' }} aria-label="Pane">
        <div style={{ blockSize: height }} />
        <ContainerGrid containers={library} variant="list" renderItem={({ hook }) => <p style={{ blockSize: 60, margin: 0 }}>{hook}</p>} />
      </section>
    );
    const screen = await render(page(0));
    await frames();
    await screen.rerender(page(6_000));
    const pane = document.querySelector('section') as HTMLElement;
    pane.scrollTop = 6_000;
    await until(() => expect(isCovered(pane.getBoundingClientRect().top, pane.getBoundingClientRect().bottom)).toBe(true));
  });

  it('keeps its rows and its height while it is not displayed', async () => {
    const page = (display: string) => (
      <div style={{ display }}>
        <ContainerGrid containers={library} now={NOW} />
      </div>
    );
    const screen = await render(page('none'));
    await frames();
    await screen.rerender(page('block'));
    await until(() => expect(items().length).toBeGreaterThan(8));
    await frames();
    expect(items().length).toBeLessThan(60);
    window.scrollTo(0, 20_000);
    await until(() => expect(isCovered()).toBe(true));
    await frames();
    const height = grid().offsetHeight;
    await screen.rerender(page('none'));
    await frames(10);
    expect(items().length).toBeLessThan(60);
    await screen.rerender(page('block'));
    await frames();
    expect(Math.abs(grid().offsetHeight - height)).toBeLessThan(200);
    window.scrollTo(0, 20_000);
    await until(() => expect(isCovered()).toBe(true));
  });

  it('in a dialog that opens later', async () => {
    await render(
      <dialog style={{ blockSize: 420, inlineSize: 600 }}>
        <ContainerGrid containers={library} now={NOW} />
      </dialog>,
    );
    const dialog = document.querySelector('dialog') as HTMLDialogElement;
    await frames();
    dialog.showModal();
    await frames(4);
    expect(items().length).toBeLessThan(60);
    dialog.scrollTop = 20_000;
    await until(() => expect(isCovered(dialog.getBoundingClientRect().top, dialog.getBoundingClientRect().bottom)).toBe(true));
    dialog.close();
  });
});

describe('ContainerGrid: what changes under it', () => {
  it('goes from a thousand to three while it is scrolled down, and to none, and back', async () => {
    const screen = await render(<ContainerGrid containers={library} now={NOW} />);
    window.scrollTo(0, 60_000);
    await until(() => expect(isCovered()).toBe(true));
    await screen.rerender(<ContainerGrid containers={library.slice(0, 3)} now={NOW} />);
    await until(() => expect(items()).toHaveLength(3));
    expect(grid().getBoundingClientRect().height).toBeLessThan(900);
    expect(isCovered()).toBe(true);
    await screen.rerender(<ContainerGrid containers={[]} now={NOW} />);
    expect(items()).toHaveLength(0);
    await screen.rerender(<ContainerGrid containers={library.slice(0, 2)} now={NOW} />);
    await until(() => expect(items()).toHaveLength(2));
    await screen.rerender(<ContainerGrid containers={library} now={NOW} />);
    await until(() => expect(grid().offsetHeight).toBeGreaterThan(50_000));
  });

  it('is as high as its rows are at the new width, also of those that were drawn before', async () => {
    const page = (width: number) => (
      <div style={{ inlineSize: width }}>
        <ContainerGrid containers={library} now={NOW} />
      </div>
    );
    const screen = await render(page(800));
    for (let at = 0; at < 20_000; at += 1_000) {
      window.scrollTo(0, at);
      await frames(2);
    }
    window.scrollTo(0, 0);
    await frames();
    for (const width of [400, 720]) {
      await screen.rerender(page(width));
      await frames(6);
      const [first, second] = [0, width === 400 ? 2 : 3].map((index) => item(index)?.getBoundingClientRect().top ?? Number.NaN);
      const pitch = (second as number) - (first as number);
      const rows = Math.ceil(1_000 / (width === 400 ? 2 : 3));
      expect(Math.abs(grid().offsetHeight - (rows * pitch - 16)) / grid().offsetHeight).toBeLessThan(0.03);
    }
  });

  it('leaves no blank area in a fast scroll over rows of every height', async () => {
    await render(
      <ContainerGrid
        containers={library}
        renderItem={(container, index) => <p style={{ blockSize: 40 + ((index * 97) % 400), margin: 0 }}>{container.hook}</p>}
      />,
    );
    await frames();
    for (let at = 0; at < 40_000; at += 1_900) {
      window.scrollTo(0, at);
      await frames(3);
      expect(isCovered()).toBe(true);
    }
    for (let at = 40_000; at > 0; at -= 2_300) {
      window.scrollTo(0, at);
      await frames(3);
      expect(isCovered()).toBe(true);
    }
  });

  it('a card that is moved to stands below the bar and what the page keeps at its upper edge', async () => {
    await render(
      <div style={{ '--layers-sticky-top': '64px' } as React.CSSProperties}>
        <ContainerGrid containers={library} now={NOW} variant="list" toolbar={<b>Filters</b>} />
      </div>,
    );
    window.scrollTo(0, 8_000);
    await until(() => expect(isCovered(130)).toBe(true));
    const first = items().find((each) => each.getBoundingClientRect().top > 200) as HTMLElement;
    first.focus({ preventScroll: true });
    for (let press = 0; press < 6; press += 1) await userEvent.keyboard('{ArrowUp}');
    const bar = document.querySelector('[data-part="bar"]') as HTMLElement;
    await until(() =>
      expect((document.activeElement as HTMLElement).getBoundingClientRect().top).toBeGreaterThanOrEqual(
        bar.getBoundingClientRect().bottom - 1,
      ),
    );
  });

  it('finds its place again in strict mode, and after a router has gone to the top', async () => {
    function Route() {
      useEffect(() => {
        window.scrollTo(0, 0);
      }, []);
      return <ContainerGrid containers={library} now={NOW} scrollKey="strict" />;
    }
    const page = (
      <StrictMode>
        <Route />
      </StrictMode>
    );
    const first = await render(page);
    window.scrollTo(0, 20_000);
    await until(() => expect(isCovered()).toBe(true));
    await frames();
    await first.unmount();
    window.scrollTo(0, 0);
    await render(page);
    await until(() => expect(Math.abs(window.scrollY - 20_000)).toBeLessThan(100));
  });

  it('finds its place again in a pane that is higher than what is drawn first', async () => {
    const shown = (
      <section style={{ blockSize: 1_400, overflowY: 'auto' }} aria-label="Pane">
        <ContainerGrid
          containers={library}
          variant="list"
          scrollKey="pane"
          renderItem={({ hook }) => <p style={{ blockSize: 40, margin: 0 }}>{hook}</p>}
        />
      </section>
    );
    const pane = () => document.querySelector('section') as HTMLElement;
    const first = await render(shown);
    await frames(4);
    pane().scrollTop = 10_000;
    await frames(4);
    await first.unmount();
    await render(shown);
    await until(() => expect(Math.abs(pane().scrollTop - 10_000)).toBeLessThan(60));
    expect(window.scrollY).toBe(0);
  });
});
