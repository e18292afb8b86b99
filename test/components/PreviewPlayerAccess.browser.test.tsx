import '../../src/styles/index.css';
import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { userEvent } from 'vitest/browser';
import { PreviewPlayer } from '../../src/components/index.js';
import { fileOfItsOwn, isPlaying, stateOf, videoAt, videoOf } from './realMedia.js';
import { findViolations, Page, previews, THEMES } from './support.js';

const focused = () => document.activeElement?.getAttribute('data-part') ?? document.activeElement?.tagName.toLowerCase();

/** The parts that Tab reaches, in order, until it leaves the player. */
async function walk(most: number): Promise<(string | undefined)[]> {
  const parts = [];
  for (let step = 0; step < most; step += 1) {
    await userEvent.tab();
    parts.push(focused());
  }
  return parts;
}

describe.for(THEMES)('in the %s theme, axe finds nothing', (theme) => {
  it('while a video loads, is paused, and is given a new address', async () => {
    const file = fileOfItsOwn();
    const screen = await render(
      <Page theme={theme}>
        <PreviewPlayer preview={videoAt(file.url('hold=1'))} controls="minimal" alt="Running" muted autoPlay />
      </Page>,
    );
    await expect.poll(() => stateOf(screen.container)).toBe('loading');
    expect(await findViolations(screen.container)).toEqual([]);
    await file.release();
    await isPlaying(screen.container);
    videoOf(screen.container).pause();
    await expect.poll(() => stateOf(screen.container)).toBe('paused');
    expect(await findViolations(screen.container)).toEqual([]);
    await screen.unmount();
    const lost = await render(
      <Page theme={theme}>
        <PreviewPlayer preview={videoAt(fileOfItsOwn().url('status=403'))} muted autoPlay onRefresh={() => new Promise<void>(() => {})} />
      </Page>,
    );
    await expect.element(lost.getByText('This link has expired. Loading a new one.')).toBeVisible();
    expect(await findViolations(lost.container)).toEqual([]);
  });

  it('with slides that go by themselves, and with a reason why there is not all of it', async () => {
    const screen = await render(
      <Page theme={theme}>
        <PreviewPlayer preview={previews.slideshow} alt="Plants" autoRotate problem={{ message: 'The second half is missing.' }} />
      </Page>,
    );
    await expect.element(screen.getByRole('button', { name: 'Stop slides' })).toBeInTheDocument();
    expect(await findViolations(screen.container)).toEqual([]);
  });
});

describe('by the keyboard alone', () => {
  it('slides are stopped, moved and chosen', async () => {
    const screen = await render(<PreviewPlayer preview={previews.slideshow} alt="Plants" autoRotate />);
    await expect.element(screen.getByRole('button', { name: 'Stop slides' })).toBeInTheDocument();
    expect(await walk(4)).toEqual(['rotation', 'slides', 'previous', 'next']);
    await userEvent.keyboard('{Enter}');
    const pill = () => screen.container.querySelector('[data-part="count"]')?.textContent;
    await expect.poll(pill).toBe('2 / 5');
    expect(await walk(5)).toEqual(['dot', 'dot', 'dot', 'dot', 'dot']);
    await userEvent.keyboard('{Enter}');
    await expect.poll(pill).toBe('5 / 5');
    expect(focused()).toBe('dot');
  });

  it('a video is started, fails, and is tried again', async () => {
    const screen = await render(<PreviewPlayer preview={videoAt(fileOfItsOwn().url('first=404'))} muted />);
    expect(await walk(1)).toEqual(['play']);
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => stateOf(screen.container)).toBe('error');
    await expect.poll(focused).toBe('retry');
    await userEvent.keyboard('{Enter}');
    await isPlaying(screen.container);
    expect(screen.container.contains(document.activeElement)).toBe(true);
  });

  it('an image is opened large, in its own size, and closed', async () => {
    const screen = await render(<PreviewPlayer preview={previews.image} alt="A jar of honey" />);
    await expect.element(screen.getByRole('button', { name: 'Show large' })).toBeInTheDocument();
    expect(await walk(1)).toEqual(['zoom']);
    await userEvent.keyboard('{Enter}');
    await expect.poll(focused).toBe('size');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => screen.container.querySelector('dialog')?.dataset.actual).toBe('');
    expect(await walk(1)).toEqual(['close']);
    await userEvent.keyboard('{Enter}');
    await expect.poll(focused).toBe('zoom');
  });

  it('a file of an unknown kind is reached', async () => {
    await render(<PreviewPlayer preview={previews.unknown} />);
    expect(await walk(1)).toEqual(['link']);
  });
});
