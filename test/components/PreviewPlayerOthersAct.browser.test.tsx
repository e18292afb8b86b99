import '../../src/styles/index.css';
import { createRef } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { PreviewPlayer } from '../../src/components/index.js';
import { isPlaying, stateOf, videoOf } from './realMedia.js';
import { previews } from './support.js';

async function renderPlaying() {
  const ref = createRef<HTMLVideoElement>();
  const onError = vi.fn();
  const show = (preview = previews.video) => (
    <PreviewPlayer preview={preview} controls="minimal" muted loop videoRef={ref} onError={onError} />
  );
  const screen = await render(show());
  await screen.getByRole('button', { name: 'Play video' }).click();
  await isPlaying(screen.container);
  return { screen, show, onError, video: ref.current as HTMLVideoElement };
}

describe('the play button', () => {
  it.each([
    ['is loaded again', (video: HTMLVideoElement) => video.load()],
    ['is given another source', (video: HTMLVideoElement) => video.setAttribute('src', previews.otherVideo.videoUrl ?? '')],
  ])('works on after the video %s by somebody else', async (_, act) => {
    const { screen, video } = await renderPlaying();
    act(video);
    await expect.poll(() => stateOf(screen.container)).toBe('paused');
    await screen.getByRole('button', { name: 'Play video' }).click();
    await isPlaying(screen.container);
    expect(video.paused).toBe(false);
  });
});

it('a video that is taken out of the page is not heard, and can be tried again', async () => {
  const { screen, video, onError } = await renderPlaying();
  video.remove();
  await expect.poll(() => stateOf(screen.container)).toBe('error');
  expect(video.paused).toBe(true);
  expect(onError).toHaveBeenCalledOnce();
  await screen.getByRole('button', { name: 'Try again' }).click();
  await screen.getByRole('button', { name: 'Play video' }).click();
  await isPlaying(screen.container);
  expect(videoOf(screen.container)).not.toBe(video);
});

it('a paused video that is taken out of the page is not played without its picture', async () => {
  const { screen, video } = await renderPlaying();
  video.pause();
  await expect.poll(() => stateOf(screen.container)).toBe('paused');
  video.remove();
  await screen.getByRole('button', { name: 'Play video' }).click();
  await expect.poll(() => stateOf(screen.container)).toBe('error');
  expect(video.paused).toBe(true);
});

describe.skipIf(!document.pictureInPictureEnabled)('the window of its own that a video is in closes', () => {
  it('with its player', async () => {
    const { screen, video } = await renderPlaying();
    await video.requestPictureInPicture();
    expect(document.pictureInPictureElement).toBe(video);
    await screen.unmount();
    await expect.poll(() => document.pictureInPictureElement).toBeNull();
  });

  it('when the player shows another preview', async () => {
    const { screen, show, video } = await renderPlaying();
    await video.requestPictureInPicture();
    expect(document.pictureInPictureElement).toBe(video);
    await screen.rerender(show(previews.otherVideo));
    await expect.poll(() => document.pictureInPictureElement).toBeNull();
  });
});
