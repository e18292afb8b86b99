import '../../src/styles/index.css';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { ContainerGrid } from '../../src/index.js';
import { createLibrary } from '../../stories/support/library.js';
import { previews } from './support.js';

const library = createLibrary(400, previews);
const item = (index: number) => document.querySelector<HTMLElement>(`[aria-rowindex="${index + 1}"]`);
const frames = async (count = 3) => {
  for (let frame = 0; frame < count; frame += 1) await new Promise((done) => requestAnimationFrame(done));
};
/** Items of a list that are as high as they like: nobody can guess one from another. */
const heightOf = (index: number) => 60 + ((index * 37) % 90);
const uneven = (
  <ContainerGrid
    containers={library}
    variant="list"
    renderItem={({ hook }, index) => <p style={{ blockSize: heightOf(index), margin: 0 }}>{hook}</p>}
  />
);

beforeEach(() => window.scrollTo(0, 0));

describe('ContainerGrid: rows that are higher or lower than was guessed', () => {
  it('leave what is on the screen where it is, however they turn out above it', async () => {
    await render(uneven);
    await frames();
    // To rows that nobody has measured, then up, over others that nobody has.
    window.scrollTo(0, 12_000);
    await frames(4);
    const middle = () => [...document.querySelectorAll<HTMLElement>('[role="row"]')].find((row) => row.getBoundingClientRect().top > 300);
    for (let step = 0; step < 20; step += 1) {
      const seen = middle() as HTMLElement;
      const index = Number(seen.ariaRowIndex ?? seen.getAttribute('aria-rowindex')) - 1;
      const { top } = seen.getBoundingClientRect();
      window.scrollBy(0, -100);
      await frames(3);
      expect(Math.abs((item(index) as HTMLElement).getBoundingClientRect().top - (top + 100))).toBeLessThan(3);
    }
  });

  it('are in view whole when a key goes to them', async () => {
    await render(uneven);
    await frames();
    item(0)?.focus();
    await userEvent.keyboard('{Control>}{End}{/Control}');
    await vi.waitFor(() => {
      const { top, bottom } = (item(399) as HTMLElement).getBoundingClientRect();
      expect(top).toBeGreaterThanOrEqual(0);
      expect(bottom).toBeLessThanOrEqual(innerHeight);
    });
    expect(document.activeElement).toBe(item(399));
    for (let press = 0; press < 12; press += 1) {
      await userEvent.keyboard('{PageUp}');
      await frames(3);
      const { top, bottom } = (document.activeElement as HTMLElement).getBoundingClientRect();
      expect(top).toBeGreaterThanOrEqual(0);
      expect(bottom).toBeLessThanOrEqual(innerHeight);
    }
  });

  it('never lie over one another or leave a hole', async () => {
    await render(uneven);
    for (const top of [0, 5_000, 9_000, 3_000]) {
      window.scrollTo(0, top);
      await frames(4);
      const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')].map((row) => row.getBoundingClientRect());
      const gaps = rows.slice(1).map((row, index) => row.top - (rows[index]?.bottom ?? 0));
      expect(new Set(gaps.map(Math.round)).size).toBe(1);
      expect((rows[0] as DOMRect).top).toBeLessThanOrEqual(top === 0 ? 100 : 0);
      expect((rows.at(-1) as DOMRect).bottom).toBeGreaterThanOrEqual(innerHeight);
    }
  });

  it('keeps the elements of the first rows when it finds out which are on the screen', async () => {
    const drawn: HTMLElement[] = [];
    const screen = await render(
      <ContainerGrid
        containers={library.slice(0, 6)}
        renderItem={({ id }) => <p ref={(node) => void (node && drawn.push(node))}>{id}</p>}
      />,
    );
    await frames();
    expect(screen.container.querySelectorAll('[role="row"] p')).toHaveLength(6);
    expect(new Set(drawn).size).toBe(6);
  });
});
