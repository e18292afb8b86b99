import '../../src/styles/index.css';
import { describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { userEvent } from 'vitest/browser';
import { PreviewPlayer } from '../../src/components/index.js';
import { fileOfItsOwn, isPlaying, videoAt, videoOf } from './realMedia.js';

async function renderPlaying(url: string) {
  const told = vi.fn();
  const screen = await render(
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div style={{ inlineSize: 270 }} onKeyDown={(event) => told(event.key)}>
      <PreviewPlayer preview={videoAt(url)} controls="minimal" muted />
    </div>,
  );
  await screen.getByRole('button', { name: 'Play video' }).click();
  await isPlaying(screen.container);
  return { screen, video: videoOf(screen.container), told };
}

it('a video that can be moved in only as far as it has come has no scrub bar, as with a server that sends only whole files in Firefox', async () => {
  const come = { length: 1, start: () => 0, end: () => 3 };
  const seekable = vi.spyOn(HTMLMediaElement.prototype, 'seekable', 'get').mockReturnValue(come);
  const { screen, video } = await renderPlaying(fileOfItsOwn().url());
  await expect.element(screen.getByRole('button', { name: 'Speed: 1×' })).toBeVisible();
  expect(screen.getByRole('slider').query()).toBeNull();
  seekable.mockRestore();
  video.dispatchEvent(new Event('progress'));
  await expect.element(screen.getByRole('slider')).toBeInTheDocument();
});

describe.each([
  ['a server that sends only whole files', 'dawn-run.mp4', 'no-ranges=1', 7],
  ['a video without a length', 'fixtures/no-length.webm', 'no-ranges=1', Number.POSITIVE_INFINITY],
])('%s', (_, name, fault, length) => {
  it('has no scrub bar, and its keys are the page’s', async () => {
    const lengths: number[] = [];
    const note = ({ target }: Event) => lengths.push((target as HTMLVideoElement).duration);
    document.addEventListener('loadedmetadata', note, true);
    let hadBar = false;
    const observer = new MutationObserver(() => {
      hadBar ||= document.querySelector('[data-part="scrub"]') !== null;
    });
    observer.observe(document.body, { childList: true, subtree: true });
    const { screen, video, told } = await renderPlaying(fileOfItsOwn(name).url(fault));
    await expect.element(screen.getByRole('button', { name: 'Speed: 1×' })).toBeVisible();
    await expect.poll(() => video.currentTime).toBeGreaterThan(0.3);
    expect(lengths[0]).toBe(length);
    expect(hadBar).toBe(false);
    document.removeEventListener('loadedmetadata', note, true);
    observer.disconnect();
    const sought = vi.fn();
    video.addEventListener('seeking', sought);
    screen.container.querySelector<HTMLElement>('[data-part="play"]')?.focus();
    await userEvent.keyboard('{ArrowRight}{ArrowLeft}{End}{Home}');
    expect(sought).not.toHaveBeenCalled();
    expect(told.mock.calls.flat()).toEqual(['ArrowRight', 'ArrowLeft', 'End', 'Home']);
    await userEvent.keyboard('m');
    expect(video.muted).toBe(false);
    expect(told).toHaveBeenCalledTimes(4);
  });
});

it('keys before the length is known do no harm, and the bar comes with it', async () => {
  const harm = vi.fn();
  window.addEventListener('error', harm);
  const file = fileOfItsOwn();
  const screen = await render(<PreviewPlayer preview={videoAt(file.url('hold=1'))} controls="minimal" muted />);
  await screen.getByRole('button', { name: 'Play video' }).click();
  await expect.element(screen.getByRole('button', { name: 'Speed: 1×' })).toBeVisible();
  expect(videoOf(screen.container).readyState).toBe(0);
  expect(screen.getByRole('slider').query()).toBeNull();
  screen.container.querySelector<HTMLElement>('[data-part="play"]')?.focus();
  await userEvent.keyboard('{End}{Home}{ArrowLeft}{ArrowRight}{ArrowUp}{ArrowDown}m>');
  expect(videoOf(screen.container).currentTime).toBe(0);
  await file.release();
  await expect.element(screen.getByRole('slider', { name: 'Position' })).toBeVisible();
  await isPlaying(screen.container);
  expect(harm).not.toHaveBeenCalled();
  window.removeEventListener('error', harm);
});

it('the focus stays on the bar while the address is renewed', async () => {
  const file = fileOfItsOwn();
  const screen = await render(
    <PreviewPlayer
      preview={videoAt(file.url('', 'until=120000&kbps=2000'))}
      controls="minimal"
      muted
      autoPlay
      onRefresh={async () => videoAt(file.url('', 'fresh'))}
    />,
  );
  const slider = screen.getByRole('slider', { name: 'Position' });
  await expect.element(slider).toBeInTheDocument();
  const bar = slider.element() as HTMLElement;
  bar.focus();
  await expect.poll(() => videoOf(screen.container)?.src, { timeout: 20_000 }).toBe(file.url('', 'fresh'));
  await isPlaying(screen.container);
  expect(document.activeElement).toBe(bar);
}, 40_000);
