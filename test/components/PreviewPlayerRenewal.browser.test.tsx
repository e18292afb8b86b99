import '../../src/styles/index.css';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { PreviewPlayer } from '../../src/components/index.js';
import type { Preview } from '../../src/model/preview.js';
import { frames } from '../support/frames.js';
import { pass, stopTime } from '../support/time.js';
import { fileOfItsOwn, isPlaying, stateOf, videoAt, videoOf } from './realMedia.js';
import { previews } from './support.js';

const EXPIRED = 'status=403';

afterEach(async () => {
  await cleanup();
  vi.useRealTimers();
});

const imageAt = (url: string): Preview => ({ ...previews.image, primaryUrl: url, imageUrls: [url], thumbnailUrl: null });
const imagesIn = (container: Element) => [...container.querySelectorAll<HTMLImageElement>('img[data-part="media"]')];
const haveLoaded = (container: Element) => imagesIn(container).map(({ complete, naturalWidth }) => complete && naturalWidth > 0);

/** A host's `onRefresh` whose calls are answered one by one. */
function heldRefresh() {
  const answers: ((preview: Preview | null) => void)[] = [];
  const onRefresh = vi.fn(() => new Promise<Preview | null>((resolve) => void answers.push(resolve)));
  return { onRefresh, answer: (call: number, preview: Preview | null) => answers[call]?.(preview) };
}

describe('a new address', () => {
  it('is for all that wait for it: a slideshow may have the same picture twice', async () => {
    const file = fileOfItsOwn('city-honey.jpg');
    const at = (signature: string): Preview => {
      const url = file.url('', signature);
      return { ...previews.slideshow, primaryUrl: url, thumbnailUrl: null, imageUrls: [url, url] };
    };
    const { onRefresh, answer } = heldRefresh();
    const failures: EventTarget[] = [];
    const note = ({ target }: Event) => target && failures.push(target);
    document.addEventListener('error', note, true);
    const screen = await render(<PreviewPlayer preview={at(EXPIRED)} onRefresh={onRefresh} />);
    await expect.element(screen.getByRole('button', { name: 'Next slide' })).toBeInTheDocument();
    await expect.poll(() => imagesIn(screen.container).every((image) => failures.includes(image))).toBe(true);
    document.removeEventListener('error', note, true);
    answer(0, at('fresh'));
    await expect.poll(() => haveLoaded(screen.container)).toEqual([true, true]);
    expect(screen.getByRole('button', { name: 'Try again' }).query()).toBeNull();
    expect(onRefresh).toHaveBeenCalledOnce();
  });

  it('may come by the props a moment after the host has read it', async () => {
    const file = fileOfItsOwn('city-honey.jpg');
    const onRefresh = vi.fn(() => {});
    const show = (signature: string) => <PreviewPlayer preview={imageAt(file.url('', signature))} onRefresh={onRefresh} />;
    // No answer comes while it is held: it fails when the test says so.
    const screen = await render(show('hold=1'));
    const [first] = imagesIn(screen.container);
    first?.dispatchEvent(new Event('error'));
    await expect.poll(() => imagesIn(screen.container)[0] !== first).toBe(true);
    expect(onRefresh).toHaveBeenCalledOnce();
    await screen.rerender(show('fresh'));
    expect(imagesIn(screen.container)[0]?.src).toBe(file.url('', 'hold=1'));
    imagesIn(screen.container)[0]?.dispatchEvent(new Event('error'));
    await expect.poll(() => stateOf(screen.container)).toBe('ready');
    expect(imagesIn(screen.container)[0]?.src).toBe(file.url('', 'fresh'));
    expect(onRefresh).toHaveBeenCalledOnce();
    await file.release();
  });

  it('that never comes by the props leaves the error, after the old one was tried once more', async () => {
    const file = fileOfItsOwn('city-honey.jpg');
    const onRefresh = vi.fn(() => {});
    const screen = await render(<PreviewPlayer preview={imageAt(file.url('', EXPIRED))} onRefresh={onRefresh} />);
    await expect.poll(() => stateOf(screen.container)).toBe('error');
    expect(onRefresh).toHaveBeenCalledOnce();
    expect(await file.requests()).toHaveLength(2);
  });

  it('stays where the host makes an equal preview for its next render', async () => {
    const old = fileOfItsOwn('city-honey.jpg').url('', EXPIRED);
    const fresh = fileOfItsOwn('slow-coffee.jpg').url();
    const onRefresh = vi.fn(async () => imageAt(fresh));
    const screen = await render(<PreviewPlayer preview={imageAt(old)} onRefresh={onRefresh} />);
    await expect.poll(() => stateOf(screen.container)).toBe('ready');
    await screen.rerender(<PreviewPlayer preview={imageAt(old)} onRefresh={onRefresh} />);
    expect(imagesIn(screen.container).map(({ src }) => src)).toEqual([fresh]);
    expect(stateOf(screen.container)).toBe('ready');
    expect(onRefresh).toHaveBeenCalledOnce();
  });

  it('is read again a minute later also where the clock was set back meanwhile', async () => {
    stopTime();
    const file = fileOfItsOwn('city-honey.jpg');
    const onRefresh = vi.fn(async () => imageAt(file.url('', `${EXPIRED}&again`)));
    const fails = async () => {
      const screen = await render(<PreviewPlayer preview={imageAt(file.url('', EXPIRED))} onRefresh={onRefresh} />);
      await expect.poll(() => stateOf(screen.container)).toBe('error');
      await screen.unmount();
    };
    await fails();
    vi.setSystemTime(Date.now() - 3_600_000);
    await fails();
    expect(onRefresh).toHaveBeenCalledOnce();
    await pass(60_000);
    await fails();
    expect(onRefresh).toHaveBeenCalledTimes(2);
  });
});

it('a pause while the address is renewed holds: the video does not start when it comes', async () => {
  const file = fileOfItsOwn();
  const { onRefresh, answer } = heldRefresh();
  const screen = await render(<PreviewPlayer preview={videoAt(file.url('', EXPIRED))} controls={false} loop muted onRefresh={onRefresh} />);
  await screen.getByRole('button', { name: 'Play video' }).click();
  await expect.poll(() => onRefresh.mock.calls.length).toBe(1);
  await screen.getByRole('button', { name: 'Pause video' }).click();
  await expect.poll(() => stateOf(screen.container)).toBe('paused');
  answer(0, videoAt(file.url('', 'fresh')));
  const video = videoOf(screen.container);
  await expect.poll(() => video.src).toBe(file.url('', 'fresh'));
  await expect.poll(() => video.readyState).toBeGreaterThanOrEqual(HTMLMediaElement.HAVE_CURRENT_DATA);
  await frames();
  expect(video.paused).toBe(true);
  expect(stateOf(screen.container)).toBe('paused');
  await screen.getByRole('button', { name: 'Play video' }).click();
  await isPlaying(screen.container);
  expect(video.paused).toBe(false);
});

it('quick clicks on "Try again" leave alone what plays after the first', async () => {
  const file = fileOfItsOwn();
  const { onRefresh, answer } = heldRefresh();
  const screen = await render(<PreviewPlayer preview={videoAt(file.url('', EXPIRED))} muted loop onRefresh={onRefresh} />);
  await screen.getByRole('button', { name: 'Play video' }).click();
  await expect.poll(() => onRefresh.mock.calls.length).toBe(1);
  answer(0, null);
  const retry = screen.getByRole('button', { name: 'Try again' });
  await expect.element(retry).toBeVisible();
  const button = retry.element() as HTMLButtonElement;
  button.click();
  button.click();
  await expect.poll(() => onRefresh.mock.calls.length).toBe(3);
  answer(1, videoAt(file.url('', 'fresh')));
  await isPlaying(screen.container);
  const video = videoOf(screen.container);
  answer(2, videoAt(file.url('', 'fresh')));
  await frames();
  expect(stateOf(screen.container)).toBe('playing');
  expect(videoOf(screen.container)).toBe(video);
  expect(video.controls).toBe(true);
});
