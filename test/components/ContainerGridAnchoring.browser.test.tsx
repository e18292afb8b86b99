import '../../src/styles/index.css';
import { StrictMode } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { ContainerGrid } from '../../src/components/index.js';
import { createLibrary } from '../../stories/support/library.js';
import { previews } from './support.js';

const library = createLibrary(200, previews);
const page = () => [document.documentElement, document.body];
const anchoring = () => page().map(({ style }) => style.overflowAnchor);
const setAnchoring = (value: string) => {
  for (const { style } of page()) style.overflowAnchor = value;
};

afterEach(async () => {
  await cleanup();
  setAnchoring('');
});

const grids = (first: number | null, second: number) => (
  <StrictMode>
    {first !== null && <ContainerGrid containers={library.slice(0, first)} label="Needs approval" />}
    <ContainerGrid containers={library.slice(0, second)} label="All" />
  </StrictMode>
);

describe('two grids on one page', () => {
  it.each(['', 'auto'])("give the page its own scroll anchoring back: '%s'", async (value) => {
    setAnchoring(value);
    const screen = await render(grids(100, 100));
    expect(anchoring()).toEqual(['none', 'none']);
    await expect.poll(anchoring).toEqual([value, value]);
    await screen.rerender(grids(160, 160));
    await expect.poll(anchoring).toEqual([value, value]);
    await screen.unmount();
    expect(anchoring()).toEqual([value, value]);
  });

  it('keep the page still while the one that is left grows', async () => {
    const screen = await render(grids(100, 100));
    await expect.poll(anchoring).toEqual(['', '']);
    await screen.rerender(grids(100, 160));
    expect(anchoring()).toEqual(['none', 'none']);
    await screen.rerender(grids(null, 160));
    expect(anchoring()).toEqual(['none', 'none']);
    await expect.poll(anchoring).toEqual(['', '']);
  });
});
