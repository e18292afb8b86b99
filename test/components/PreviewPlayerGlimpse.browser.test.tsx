import '../../src/styles/index.css';
import type { ReactElement } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { page } from 'vitest/browser';
import { ContainerCard, PreviewPlayer } from '../../src/components/index.js';
import { frames } from '../support/frames.js';
import { fileOfItsOwn, isPlaying, stateOf, videoAt, videoOf } from './realMedia.js';
import { containers, previews } from './support.js';

afterEach(async () => {
  await cleanup();
  window.scrollTo({ top: 0, behavior: 'instant' });
  vi.restoreAllMocks();
});

/** A player on a tall page, with something beside it that a pointer can be on wherever the page is scrolled to. */
const tall = (player: ReactElement) => (
  <div style={{ inlineSize: 180 }}>
    {player}
    <div style={{ blockSize: 3000 }} />
    <button type="button" style={{ position: 'fixed', insetBlockEnd: 0, insetInlineEnd: 0 }}>
      Elsewhere
    </button>
  </div>
);

async function renderTall(player: ReactElement) {
  const screen = await render(tall(player));
  const { container } = screen;
  const frame = container.querySelector('[data-part="frame"]') as HTMLElement;
  return {
    container,
    show: (other: ReactElement) => screen.rerender(tall(other)),
    play: () => screen.getByRole('button', { name: /Play video/ }).click(),
    /** As a finger does, which points at nothing before. */
    tap: () => (screen.getByRole('button', { name: /Play video/ }).element() as HTMLElement).click(),
    point: () => page.elementLocator(frame).hover(),
    leave: () => screen.getByRole('button', { name: 'Elsewhere' }).hover(),
    scrollAway: async () => {
      window.scrollTo({ top: 2500, behavior: 'instant' });
      await expect.poll(() => videoOf(container)).toBeNull();
      window.scrollTo({ top: 0, behavior: 'instant' });
      await frames();
    },
  };
}

const moves = async (container: Element) => {
  await expect.poll(() => videoOf(container)?.paused).toBe(false);
};

describe('a glimpse', () => {
  it('ends with the click that starts the video: it does not move later with nobody at it', async () => {
    const { container, point, leave, play, scrollAway } = await renderTall(<ContainerCard container={containers.toApprove} />);
    await point();
    await moves(container);
    await play();
    await isPlaying(container);
    await leave();
    await scrollAway();
    expect(stateOf(container)).toBe('idle');
    expect(videoOf(container)).toBeNull();
  });

  it('is not heard where the video was played with its sound', async () => {
    const { container, point, leave, play, scrollAway } = await renderTall(<ContainerCard container={containers.toApprove} />);
    await play();
    await isPlaying(container);
    expect(videoOf(container).muted).toBe(false);
    await leave();
    await scrollAway();
    await point();
    await moves(container);
    expect(videoOf(container).muted).toBe(true);
  });

  it('moves where the video was left paused, and leaves it at its place', async () => {
    const { container, point, leave, play, scrollAway } = await renderTall(<ContainerCard container={containers.toApprove} />);
    await play();
    await isPlaying(container);
    videoOf(container).currentTime = 3;
    await expect.poll(() => videoOf(container).currentTime).toBeGreaterThan(3);
    videoOf(container).pause();
    await expect.poll(() => stateOf(container)).toBe('paused');
    await leave();
    await scrollAway();
    await point();
    await moves(container);
    expect(stateOf(container)).toBe('idle');
    await play();
    await isPlaying(container);
    expect(videoOf(container).currentTime).toBeGreaterThanOrEqual(3);
    expect(videoOf(container).muted).toBe(false);
  });

  it('stays silent when the host turns the sound on', async () => {
    const { container, point, play, show } = await renderTall(<PreviewPlayer preview={previews.video} playOnHover muted />);
    await point();
    await moves(container);
    await show(<PreviewPlayer preview={previews.video} playOnHover />);
    expect(videoOf(container).muted).toBe(true);
    await play();
    await isPlaying(container);
    expect(videoOf(container).muted).toBe(false);
  });

  it('whose address had run out does not silence what a person starts afterwards', async () => {
    const file = fileOfItsOwn();
    const onRefresh = vi.fn(async () => videoAt(file.url('', 'fresh')));
    const { container, point, leave, tap } = await renderTall(
      <PreviewPlayer preview={videoAt(file.url('', 'status=403'))} playOnHover onRefresh={onRefresh} />,
    );
    await point();
    await expect.poll(() => videoOf(container)?.src).toBe(file.url('', 'fresh'));
    await moves(container);
    await leave();
    await expect.poll(() => videoOf(container)).toBeNull();
    tap();
    await isPlaying(container);
    expect(videoOf(container).muted).toBe(false);
  });
});

describe('a video that began without its sound because nobody had asked for it', () => {
  it('has it once a person plays what the browser had refused', async () => {
    const refusal = vi.spyOn(HTMLMediaElement.prototype, 'play').mockRejectedValue(new DOMException('Low power', 'NotAllowedError'));
    const { container, play } = await renderTall(<PreviewPlayer preview={previews.video} autoPlay />);
    await expect.poll(() => refusal.mock.calls.length).toBe(1);
    await expect.poll(() => videoOf(container)).toBeNull();
    refusal.mockRestore();
    await play();
    await isPlaying(container);
    expect(videoOf(container).muted).toBe(false);
  });

  it('has it once a person plays what was paused and came back to the screen', async () => {
    const { container, play, scrollAway } = await renderTall(<PreviewPlayer preview={previews.video} autoPlay loop />);
    await isPlaying(container);
    expect(videoOf(container).muted).toBe(true);
    videoOf(container).pause();
    await expect.poll(() => stateOf(container)).toBe('paused');
    await scrollAway();
    await play();
    await isPlaying(container);
    expect(videoOf(container).muted).toBe(false);
  });

  it('stays silent where a person had muted it', async () => {
    const { container, play, scrollAway } = await renderTall(<PreviewPlayer preview={previews.video} loop />);
    await play();
    await isPlaying(container);
    videoOf(container).muted = true;
    await scrollAway();
    await play();
    await isPlaying(container);
    expect(videoOf(container).muted).toBe(true);
  });
});
