import '../../src/styles/index.css';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cdp } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { ApprovalActions, ContainerGrid, PreviewPlayer, ProgressBar } from '../../src/index.js';
import { createLibrary } from '../../stories/support/library.js';
import { progress } from '../../stories/support/progress.js';
import { frames } from '../support/frames.js';
import { containers, previews } from './support.js';

interface Devtools {
  send(method: 'Emulation.setEmulatedMedia', options: { media: string }): Promise<unknown>;
}
const showAs = (media: 'print' | '') => (cdp() as unknown as Devtools).send('Emulation.setEmulatedMedia', { media });

const parts = (name: string) => [...document.querySelectorAll<HTMLElement>(`[data-part="${name}"]`)];
const part = (name: string) => parts(name)[0] as HTMLElement;

beforeEach(() => window.scrollTo(0, 0));
afterEach(() => showAs(''));

it.each(['image', 'video', 'slideshow'] as const)(
  'nothing that lies in the frame of %s stands in a grid area: Chromium prints that elsewhere',
  async (kind) => {
    await render(<PreviewPlayer preview={previews[kind]} controls="minimal" />);
    const inFrame = [...document.querySelectorAll('[data-part="frame"] > *')].filter(
      (each) => getComputedStyle(each).position === 'absolute',
    );
    expect(inFrame.length).toBeGreaterThan(0);
    expect(inFrame.map((each) => getComputedStyle(each).gridArea)).toEqual(inFrame.map(() => 'auto'));
  },
);

it.each(['video', 'slideshow'] as const)('a %s is printed as a picture, without what it is played with', async (kind) => {
  await render(<PreviewPlayer preview={previews[kind]} />);
  const shown = () => ['play', 'duration', 'next', 'count', 'dots'].filter((name) => part(name)?.checkVisibility());
  await expect.poll(shown).not.toEqual([]);
  await showAs('print');
  expect(shown()).toEqual([]);
  expect(part('frame').checkVisibility()).toBe(true);
});

it('a grid is printed without the room of rows that are not drawn', async () => {
  await render(
    <>
      <ContainerGrid containers={createLibrary(500, previews)} />
      <div style={{ blockSize: 200_000 }} />
    </>,
  );
  await frames();
  window.scrollTo(0, 9_000);
  await frames();
  expect(part('grid').getBoundingClientRect().height).toBeGreaterThan(20_000);
  await showAs('print');
  const drawn = parts('item').filter((item) => item.checkVisibility());
  const edges = drawn.map((item) => item.getBoundingClientRect());
  const { top, bottom } = part('grid').getBoundingClientRect();
  expect(Math.min(...edges.map((edge) => edge.top))).toBeCloseTo(top, 0);
  expect(Math.max(...edges.map((edge) => edge.bottom))).toBeCloseTo(bottom, 0);
  // The one that Tab goes to is drawn wherever it is.
  expect(drawn.length).toBe(parts('item').length - 1);
  expect(drawn.map((item) => getComputedStyle(item).breakInside)).toEqual(drawn.map(() => 'avoid'));
});

it('what a ground says is printed also where the browser leaves grounds out', async () => {
  await render(
    <>
      <ProgressBar progress={progress.running} stages />
      <ApprovalActions container={containers.toApprove} onApprove={() => {}} onReject={() => {}} />
      <ContainerGrid containers={[containers.toApprove]} selectable />
    </>,
  );
  await showAs('print');
  const named = ['track', 'fill', 'stage-mark', 'approve', 'select'].map(part);
  expect(named.map((each) => getComputedStyle(each).printColorAdjust)).toEqual(named.map(() => 'exact'));
  expect(getComputedStyle(part('reject')).printColorAdjust).toBe('economy');
});
