import '../../src/styles/index.css';
import { createRef, StrictMode, useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { PreviewPlayer, type PreviewPlayerProps } from '../../src/components/index.js';
import { createWorld } from '../support/world.js';
import { fileOfItsOwn, isPlaying, isWebKitGtk, stateOf, videoAt, videoOf } from './realMedia.js';
import { previews } from './support.js';

/** Firefox and WebKit do not tell. */
const tellsShifts = PerformanceObserver.supportedEntryTypes.includes('layout-shift');
afterEach(() => {
  vi.restoreAllMocks();
});

describe('real media', () => {
  it('plays, and can be sought', async () => {
    const screen = await render(<PreviewPlayer preview={videoAt(fileOfItsOwn().url('kbps=3000'))} muted autoPlay />);
    await isPlaying(screen.container);
    const video = videoOf(screen.container);
    video.currentTime = 5.5;
    await expect.poll(() => video.currentTime).toBeGreaterThan(5.6);
  });

  // WebKitGTK keeps the whole file on disk and waits for the rest of it.
  it.skipIf(isWebKitGtk)('is sought by Range, without what lies between', async () => {
    const file = fileOfItsOwn();
    const screen = await render(<PreviewPlayer preview={videoAt(file.url('kbps=600'))} muted autoPlay />);
    await isPlaying(screen.container);
    const video = videoOf(screen.container);
    expect(video.videoHeight).toBe(640);
    video.currentTime = 5.5;
    await expect.poll(() => video.currentTime).toBeGreaterThan(5.6);
    expect((await file.requests()).some(({ range }) => range.startsWith('bytes='))).toBe(true);
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
    await expect.poll(() => stateOf(screen.container)).toBe('error');
    expect(onRefresh).toHaveBeenCalledOnce();
    expect(onError).toHaveBeenCalledOnce();
    expect(videoOf(screen.container)).toBeNull();
    const asked = (await file.requests()).length;
    await screen.getByRole('button', { name: 'Try again' }).click();
    // By the person, who asked for it.
    await expect.poll(() => onRefresh.mock.calls.length).toBe(2);
    await expect.poll(() => onError.mock.calls.length).toBe(2);
    await expect.poll(() => stateOf(screen.container)).toBe('error');
    expect((await file.requests()).length).toBeLessThanOrEqual(asked * 2);
  });

  it('shows the poster and a sign while a slow network loads, then plays', async () => {
    const file = fileOfItsOwn();
    const screen = await render(<PreviewPlayer preview={videoAt(file.url('hold=1'))} muted autoPlay />);
    await expect.poll(() => stateOf(screen.container)).toBe('loading');
    expect(screen.container.querySelector('[data-part="spinner"]')).not.toBeNull();
    expect(screen.container.querySelector('[data-part="poster"]')).not.toBeNull();
    await file.release();
    await isPlaying(screen.container);
  });

  it('goes on where it was when its address runs out, with a new one', async () => {
    const file = fileOfItsOwn();
    const fresh = videoAt(file.url('', 'fresh'));
    let failedAt = -1;
    const onRefresh = vi.fn(async () => {
      failedAt = player.current?.currentTime ?? -1;
      return fresh;
    });
    const player = createRef<HTMLVideoElement>();
    function Host() {
      const [preview] = useState(videoAt(file.url('', 'until=120000&kbps=2000')));
      return <PreviewPlayer preview={preview} muted autoPlay onRefresh={onRefresh} videoRef={player} />;
    }
    const screen = await render(<Host />);
    await isPlaying(screen.container);
    const video = videoOf(screen.container);
    video.volume = 0.4;
    let resumedAt = -1;
    video.addEventListener('seeked', () => {
      if (video.src === fresh.videoUrl && resumedAt < 0) resumedAt = video.currentTime;
    });
    await expect.poll(() => onRefresh.mock.calls.length, { timeout: 20_000 }).toBe(1);
    await expect.poll(() => video.src).toBe(fresh.videoUrl);
    await isPlaying(screen.container);
    expect(failedAt).toBeGreaterThan(0);
    expect(Math.abs(resumedAt - failedAt)).toBeLessThan(0.5);
    expect(video.volume).toBeCloseTo(0.4);
    expect(video.muted).toBe(true);
    await expect.poll(() => video.currentTime).toBeGreaterThan(4);
    expect(onRefresh).toHaveBeenCalledOnce();
  }, 40_000);

  it('reads the container once through the provider', async () => {
    const world = createWorld({ mediaBaseUrl: `${location.origin}/gone-${performance.now()}/` });
    const id = world.simulator.addContainer({ state: 'completed', generation: { kind: 'video' } });
    const screen = await render(<PreviewPlayer containerId={id} autoPlay />, { wrapper: world.wrapper });
    await expect.poll(() => stateOf(screen.container)).toBe('error');
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
      <PreviewPlayer preview={videoAt(file.url('', 'until=120000&kbps=2000'))} muted autoPlay onRefresh={onRefresh} />,
    );
    await isPlaying(screen.container);
    await screen.rerender(<PreviewPlayer preview={videoAt(file.url('', 'b'))} muted autoPlay onRefresh={onRefresh} />);
    await expect.poll(() => videoOf(screen.container)?.src, { timeout: 20_000 }).toBe(file.url('', 'b'));
    await isPlaying(screen.container);
    expect(onRefresh).not.toHaveBeenCalled();
  }, 40_000);

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

  it.skipIf(!tellsShifts)('does not move the page while all of this comes and goes', async () => {
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
      await expect.poll(() => stateOf(screen.container)).toMatch(/playing|ready|error/);
    }
    const moved = shift;
    // What does move is seen.
    (screen.container.firstElementChild as HTMLElement).style.marginBlockStart = '200px';
    await expect.poll(() => shift).toBeGreaterThan(moved);
    observer.disconnect();
    expect(moved).toBe(0);
  });
});
