import '../../src/styles/index.css';
import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { PreviewPlayer } from '../../src/components/index.js';
import { fileOfItsOwn, isPlaying, stateOf, videoAt, videoOf } from './realMedia.js';
import { previews } from './support.js';

/** Where the player leaves HLS to the browser: Safari, and WebKitGTK when it is told to. */
const isNative = document.createElement('video').canPlayType('application/vnd.apple.mpegurl') !== '' && 'ManagedMediaSource' in window;
const playlist = `${location.origin}/dawn-run/index.m3u8`;

describe(`HLS, ${isNative ? 'by the browser itself' : 'through hls.js'}`, () => {
  it('plays, is sought, and is let go of', async () => {
    const screen = await render(<PreviewPlayer preview={videoAt(`${location.origin}/none.mp4`, { hlsUrl: playlist })} muted autoPlay />);
    await isPlaying(screen.container);
    const video = videoOf(screen.container);
    expect(video.src).toMatch(isNative ? playlist : /^blob:/);
    await expect.poll(() => video.currentTime).toBeGreaterThan(0.2);
    video.currentTime = 4.5;
    await expect.poll(() => video.currentTime).toBeGreaterThan(4.6);
    await screen.unmount();
    expect(video.hasAttribute('src')).toBe(false);
    await expect.poll(() => video.networkState).toBe(HTMLMediaElement.NETWORK_EMPTY);
  });

  it('gives way to the MP4 where it breaks midway, and the video goes on', async () => {
    const hls = fileOfItsOwn('dawn-run/video.m3u8');
    const file = fileOfItsOwn();
    const screen = await render(<PreviewPlayer preview={videoAt(file.url(), { hlsUrl: hls.url('segments=1') })} muted autoPlay />);
    await expect.poll(() => videoOf(screen.container)?.src).toBe(file.url());
    expect((await hls.requests()).some(({ path }) => path.endsWith('1.m4s'))).toBe(true);
    await isPlaying(screen.container);
    const video = videoOf(screen.container);
    await expect.poll(() => video.currentTime).toBeGreaterThan(2.2);
  }, 30_000);

  it('keeps the speed that a person has chosen where the MP4 takes its place', async () => {
    const hls = fileOfItsOwn('dawn-run/video.m3u8');
    const file = fileOfItsOwn();
    const choose = ({ target }: Event) => {
      (target as HTMLVideoElement).playbackRate = 1.5;
    };
    const videoRef = (video: HTMLVideoElement | null) => video?.addEventListener('loadedmetadata', choose, { once: true });
    const preview = videoAt(file.url(), { hlsUrl: hls.url('segments=1') });
    const screen = await render(<PreviewPlayer preview={preview} muted autoPlay videoRef={videoRef} />);
    await expect.poll(() => videoOf(screen.container)?.src).toBe(file.url());
    await isPlaying(screen.container);
    expect(videoOf(screen.container).playbackRate).toBe(1.5);
  }, 30_000);

  it('gives way to the MP4 where the manifest is gone', async () => {
    const preview = { ...previews.video, hlsUrl: `${location.origin}/faulty/dawn-run/index.m3u8?status=404` };
    const screen = await render(<PreviewPlayer preview={preview} muted autoPlay />);
    await isPlaying(screen.container);
    expect(videoOf(screen.container).src).toBe(previews.video.videoUrl);
  });

  it('says so where neither it nor the MP4 is there', async () => {
    const missing = `${location.origin}/faulty/dawn-run`;
    const preview = videoAt(`${missing}.mp4?status=404`, { hlsUrl: `${missing}/index.m3u8?status=404` });
    const screen = await render(<PreviewPlayer preview={preview} muted autoPlay />);
    await expect.poll(() => stateOf(screen.container)).toBe('error');
  });

  it('is left before it has begun, without a trace', async () => {
    const hls = fileOfItsOwn('dawn-run/index.m3u8');
    const screen = await render(
      <PreviewPlayer preview={videoAt(`${location.origin}/none.mp4`, { hlsUrl: hls.url('hold=1') })} muted autoPlay />,
    );
    await expect.poll(async () => (await hls.requests()).length).toBe(1);
    await screen.unmount();
    await expect.poll(async () => (await hls.requests()).every(({ ended }) => ended)).toBe(true);
    expect(await hls.requests()).toHaveLength(1);
  });
});
