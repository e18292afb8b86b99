import '../../src/styles/index.css';
import { StrictMode, useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { PreviewPlayer, type PreviewPlayerProps } from '../../src/components/index.js';
import type { VideoPreview } from '../../src/model/preview.js';
import { createWorld } from '../support/world.js';
import { previews } from './support.js';

const isFirefox = navigator.userAgent.includes('Firefox');
const rootOf = (container: Element) => container.querySelector('.layers-PreviewPlayer') as HTMLElement;
const stateOf = (container: Element) => rootOf(container).dataset.state;
const videoOf = (container: Element) => container.querySelector('video') as HTMLVideoElement;

let cases = 0;
/** An address of a demo file that no other test asks for; faults in `signature` go with the signature. */
function fileOfItsOwn(name = 'dawn-run.mp4') {
  cases += 1;
  const id = `case-${cases}-${Math.round(performance.timeOrigin)}`;
  return {
    id,
    url: (faults = '', signature = '') =>
      `${location.origin}/faulty/${name}?id=${id}${faults && `&${faults}`}${signature && `&signature=${encodeURIComponent(signature)}`}`,
    requests: async () => {
      const response = await fetch(`/faulty/log?of=${id}`);
      return (await response.json()) as { path: string; range: string; ended: boolean }[];
    },
  };
}

const videoAt = (url: string, more: Partial<VideoPreview> = {}): VideoPreview => ({
  ...previews.video,
  primaryUrl: url,
  videoUrl: url,
  thumbnailUrl: previews.video.thumbnailUrl,
  ...more,
});

const isPlaying = async (container: Element) => {
  await expect.poll(() => stateOf(container), { timeout: 8_000 }).toBe('playing');
};

afterEach(() => {
  vi.restoreAllMocks();
});

describe('real media', () => {
  it('plays, and can be sought by Range', async () => {
    const file = fileOfItsOwn();
    const screen = await render(<PreviewPlayer preview={videoAt(file.url('kbps=3000'))} muted autoPlay />);
    await isPlaying(screen.container);
    const video = videoOf(screen.container);
    expect(video.videoHeight).toBe(640);
    video.currentTime = 5.5;
    await expect.poll(() => video.currentTime, { timeout: 8_000 }).toBeGreaterThan(5.6);
    expect((await file.requests()).some(({ range }) => range.startsWith('bytes='))).toBe(true);
  });

  it('plays HLS through hls.js', async () => {
    const screen = await render(
      <PreviewPlayer
        preview={videoAt(`${location.origin}/none.mp4`, { hlsUrl: `${location.origin}/dawn-run/index.m3u8` })}
        muted
        autoPlay
      />,
    );
    await isPlaying(screen.container);
    const video = videoOf(screen.container);
    expect(video.src).toMatch(/^blob:/);
    await expect.poll(() => video.currentTime).toBeGreaterThan(0.2);
    await screen.unmount();
    expect(video.hasAttribute('src')).toBe(false);
  });

  it('goes on with the MP4 where HLS breaks midway', async () => {
    const hls = fileOfItsOwn();
    // The segments are asked for beside the playlist; those of the broken one do not exist from the second on.
    const playlist = URL.createObjectURL(
      new Blob(
        [
          '#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:2\n#EXT-X-PLAYLIST-TYPE:VOD\n',
          `#EXT-X-MAP:URI="${location.origin}/dawn-run/init.mp4"\n`,
          `#EXTINF:2,\n${location.origin}/dawn-run/0.m4s\n`,
          `#EXTINF:2,\n${location.origin}/faulty/dawn-run/1.m4s?id=${hls.id}&status=404\n`,
          '#EXT-X-ENDLIST\n',
        ],
        { type: 'application/vnd.apple.mpegurl' },
      ),
    );
    const file = fileOfItsOwn();
    const screen = await render(<PreviewPlayer preview={videoAt(file.url(), { hlsUrl: playlist })} muted autoPlay />);
    await expect.poll(() => videoOf(screen.container)?.src, { timeout: 10_000 }).toBe(file.url());
    await isPlaying(screen.container);
    const video = videoOf(screen.container);
    await expect.poll(() => video.currentTime, { timeout: 5_000 }).toBeGreaterThan(2.2);
  });

  it('takes the MP4 where the HLS manifest is gone', async () => {
    const screen = await render(
      <PreviewPlayer preview={{ ...previews.video, hlsUrl: `${location.origin}/faulty/dawn-run/index.m3u8?status=404` }} muted autoPlay />,
    );
    await isPlaying(screen.container);
    expect(videoOf(screen.container).src).toBe(previews.video.videoUrl);
  });

  it.for([
    ['a file of 0 bytes', 'empty=1'],
    ['a corrupt file', 'corrupt=1'],
    ['a file that is gone', 'status=404'],
    ['a file that is refused', 'status=403'],
  ])('says so of %s, after one read and not again', async ([, fault]) => {
    const file = fileOfItsOwn();
    const onRefresh = vi.fn(async () => videoAt(file.url(fault, 'b')));
    const onError = vi.fn();
    const preview = videoAt(file.url(fault, 'a'));
    const screen = await render(<PreviewPlayer preview={preview} muted autoPlay onRefresh={onRefresh} onError={onError} />);
    await expect.poll(() => stateOf(screen.container), { timeout: 8_000 }).toBe('error');
    expect(onRefresh).toHaveBeenCalledOnce();
    expect(onError).toHaveBeenCalledOnce();
    expect(videoOf(screen.container)).toBeNull();
    const asked = (await file.requests()).length;
    await screen.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => stateOf(screen.container), { timeout: 8_000 }).toBe('error');
    // By the person, who asked for it.
    expect(onRefresh).toHaveBeenCalledTimes(2);
    expect((await file.requests()).length).toBeLessThanOrEqual(asked * 2);
  });

  it('shows the poster and a sign while a slow network loads, then plays', async () => {
    const file = fileOfItsOwn();
    const screen = await render(<PreviewPlayer preview={videoAt(file.url('delay=700'))} muted autoPlay />);
    await expect.poll(() => stateOf(screen.container)).toBe('loading');
    expect(screen.container.querySelector('[data-part="spinner"]')).not.toBeNull();
    expect(screen.container.querySelector('[data-part="poster"]')).not.toBeNull();
    await isPlaying(screen.container);
  });

  it('goes on where it was when its address runs out, with a new one', async () => {
    const file = fileOfItsOwn();
    const fresh = videoAt(file.url('', 'fresh'));
    const onRefresh = vi.fn(async () => fresh);
    let failedAt = -1;
    function Host() {
      const [preview] = useState(videoAt(file.url('', 'until=90000&kbps=400')));
      return (
        <PreviewPlayer
          preview={preview}
          muted
          autoPlay
          onRefresh={onRefresh}
          videoRef={(video) => {
            video?.addEventListener('error', () => {
              failedAt = video.currentTime;
            });
          }}
        />
      );
    }
    const screen = await render(<Host />);
    await isPlaying(screen.container);
    const video = videoOf(screen.container);
    video.volume = 0.4;
    await expect.poll(() => onRefresh.mock.calls.length, { timeout: 10_000 }).toBe(1);
    await expect.poll(() => video.src).toBe(fresh.videoUrl);
    await isPlaying(screen.container);
    expect(failedAt).toBeGreaterThan(0);
    expect(Math.abs(video.currentTime - failedAt)).toBeLessThan(0.5);
    expect(video.volume).toBeCloseTo(0.4);
    expect(video.muted).toBe(true);
    await expect.poll(() => video.currentTime, { timeout: 8_000 }).toBeGreaterThan(4);
    expect(onRefresh).toHaveBeenCalledOnce();
  });

  it('reads the container once through the provider', async () => {
    const world = createWorld({ mediaBaseUrl: `${location.origin}/gone-${performance.now()}/` });
    const id = world.simulator.addContainer({ state: 'completed', generation: { kind: 'video' } });
    const screen = await render(<PreviewPlayer containerId={id} autoPlay />, { wrapper: world.wrapper });
    await expect.poll(() => stateOf(screen.container), { timeout: 8_000 }).toBe('error');
    expect(world.reads(/\/v1\/content\/[^/]+$/)).toHaveLength(2);
  });

  it('does not start again when the same file is signed anew', async () => {
    const file = fileOfItsOwn();
    const screen = await render(<PreviewPlayer preview={videoAt(file.url('', 'a'))} muted autoPlay />);
    await isPlaying(screen.container);
    const video = videoOf(screen.container);
    const asked = (await file.requests()).length;
    await screen.rerender(<PreviewPlayer preview={videoAt(file.url('', 'b'))} muted autoPlay />);
    expect(videoOf(screen.container)).toBe(video);
    expect(video.src).toBe(file.url('', 'a'));
    expect(video.paused).toBe(false);
    expect((await file.requests()).length).toBe(asked);
  });

  it('uses an address that has come meanwhile without any read', async () => {
    const file = fileOfItsOwn();
    const onRefresh = vi.fn(async () => null);
    const screen = await render(
      <PreviewPlayer preview={videoAt(file.url('', 'until=90000&kbps=400'))} muted autoPlay onRefresh={onRefresh} />,
    );
    await isPlaying(screen.container);
    await screen.rerender(<PreviewPlayer preview={videoAt(file.url('', 'b'))} muted autoPlay onRefresh={onRefresh} />);
    await expect.poll(() => videoOf(screen.container)?.src, { timeout: 10_000 }).toBe(file.url('', 'b'));
    await isPlaying(screen.container);
    expect(onRefresh).not.toHaveBeenCalled();
  });

  it('loads nothing more once it has left the page, also while it loads', async () => {
    const file = fileOfItsOwn();
    const screen = await render(<PreviewPlayer preview={videoAt(file.url('kbps=200'))} muted autoPlay />);
    await expect.poll(async () => (await file.requests()).length).toBeGreaterThan(0);
    await screen.unmount();
    await expect.poll(async () => (await file.requests()).every(({ ended }) => ended)).toBe(true);
    const asked = (await file.requests()).length;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    expect((await file.requests()).length).toBe(asked);
  });

  it('ends on the last of many previews that came quickly', async () => {
    const show = (preview: PreviewPlayerProps['preview']) => (
      <StrictMode>
        <PreviewPlayer preview={preview} muted autoPlay />
      </StrictMode>
    );
    const screen = await render(show(previews.brokenVideo));
    for (const preview of [
      previews.video,
      previews.slideshow,
      previews.brokenVideo,
      previews.image,
      previews.otherVideo,
      previews.squareVideo,
    ])
      await screen.rerender(show(preview));
    await isPlaying(screen.container);
    expect(videoOf(screen.container).src).toBe(previews.squareVideo.videoUrl);
    expect(screen.container.querySelectorAll('video')).toHaveLength(1);
  });

  it.skipIf(isFirefox)('does not move the page while all of this comes and goes', async () => {
    let shift = 0;
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) shift += entry.value;
    });
    observer.observe({ type: 'layout-shift', buffered: false });
    const show = (preview: PreviewPlayerProps['preview'], aspectRatio?: string) => (
      <div>
        <PreviewPlayer preview={preview} aspectRatio={aspectRatio} muted autoPlay />
        <p>Below</p>
      </div>
    );
    const screen = await render(show(null, '1.91:1'));
    for (const preview of [previews.video, previews.brokenVideo, previews.image, previews.brokenImage]) {
      await screen.rerender(show(preview, '1.91:1'));
      await expect.poll(() => stateOf(screen.container), { timeout: 8_000 }).toMatch(/playing|ready|error/);
    }
    expect(shift).toBe(0);
    observer.disconnect();
  });
});
