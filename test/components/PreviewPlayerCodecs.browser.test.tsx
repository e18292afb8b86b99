import '../../src/styles/index.css';
import { describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { ContainerScreen, PreviewPlayer } from '../../src/components/index.js';
import { fileOfItsOwn, isPlaying, stateOf, videoAt, videoOf } from './realMedia.js';
import { containers, findViolations, previews } from './support.js';

const hasHevc = document.createElement('video').canPlayType('video/mp4; codecs="hvc1.1.6.L60.90"') !== '';
const words = "This browser can't show the picture of this video.";

/** Where two things that are to be read are drawn over each other. */
function overlaps(one: Element, other: Element): boolean {
  const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

describe.skipIf(hasHevc)('a video whose picture this browser can’t show', () => {
  it.for([
    ['with sound, which would play alone', 'fixtures/hevc-sound.mp4'],
    ['without sound', 'fixtures/hevc.mp4'],
  ] as const)('%s: says so, tells its host once and links to the file', async ([, name]) => {
    const file = fileOfItsOwn(name);
    const [onError, onRefresh] = [vi.fn(), vi.fn(async () => videoAt(file.url('', 'b')))];
    const preview = videoAt(file.url('', 'a'));
    const screen = await render(
      <div style={{ inlineSize: 180 }}>
        <PreviewPlayer preview={preview} muted autoPlay onError={onError} onRefresh={onRefresh} />
      </div>,
    );
    await expect.element(screen.getByText(words)).toBeVisible();
    expect(stateOf(screen.container)).toBe('error');
    const link = screen.getByRole('link', { name: 'Open file' });
    expect(link.element()).toHaveProperty('href', preview.videoUrl);
    expect(overlaps(link.element(), screen.getByText(words).element())).toBe(false);
    expect(screen.getByRole('button', { name: 'Try again' }).query()).toBeNull();
    expect(onError).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ kind: 'video', reason: 'unsupported', url: preview.videoUrl }),
    );
    expect(onRefresh).not.toHaveBeenCalled();
    expect(videoOf(screen.container)).toBeNull();
    expect(await findViolations(screen.container)).toEqual([]);
  });

  it('says so before anybody asks where there is no poster', async () => {
    const preview = videoAt(fileOfItsOwn('fixtures/hevc-sound.mp4').url(), { thumbnailUrl: null });
    const screen = await render(<PreviewPlayer preview={preview} />);
    await expect.element(screen.getByText(words)).toBeVisible();
  });

  it('leaves the poster where it is only pointed at', async () => {
    const preview = videoAt(fileOfItsOwn('fixtures/hevc-sound.mp4').url());
    const screen = await render(
      <div style={{ inlineSize: 180 }}>
        <PreviewPlayer preview={preview} playOnHover />
      </div>,
    );
    const loaded = new Promise((resolve) => document.addEventListener('pause', resolve, { capture: true, once: true }));
    await screen.getByRole('button', { name: 'Play video' }).hover();
    await loaded;
    expect(stateOf(screen.container)).toBe('idle');
    expect(screen.getByText(words).query()).toBeNull();
  });

  it('shows another file of the same container that it can show', async () => {
    const onError = vi.fn();
    const screen = await render(
      <PreviewPlayer preview={videoAt(fileOfItsOwn('fixtures/hevc.mp4').url())} muted autoPlay onError={onError} />,
    );
    await expect.element(screen.getByText(words)).toBeVisible();
    await screen.rerender(<PreviewPlayer preview={previews.video} muted autoPlay onError={onError} />);
    await isPlaying(screen.container);
    expect(screen.getByText(words).query()).toBeNull();
    expect(onError).toHaveBeenCalledOnce();
  });

  it('in HLS gives way to an MP4 that can be shown, and says so where there is none', async () => {
    const hlsUrl = `${location.origin}/faulty/fixtures/hevc/index.m3u8`;
    const screen = await render(<PreviewPlayer preview={{ ...previews.video, hlsUrl }} muted autoPlay />);
    // Took more than 15 s once, with 24 processes waiting for two cores.
    await expect.poll(() => videoOf(screen.container)?.src, { timeout: 45_000 }).toBe(previews.video.videoUrl);
    await isPlaying(screen.container);
    await screen.unmount();
    const onError = vi.fn();
    const alone = { ...previews.video, hlsUrl, primaryUrl: null, videoUrl: null };
    const other = await render(<PreviewPlayer preview={alone} muted autoPlay onError={onError} />);
    await expect.element(other.getByText(words)).toBeVisible();
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ reason: 'unsupported' }));
  });

  it('is not to be approved unseen: the screen says so, also when its address is signed anew', async () => {
    const file = fileOfItsOwn('fixtures/hevc-sound.mp4');
    const show = (signature: string) => (
      <ContainerScreen
        container={{ ...containers.toApprove, preview: videoAt(file.url('', signature)) } as never}
        onApprove={() => {}}
        onReject={() => {}}
      />
    );
    const screen = await render(show('a'));
    await expect.element(screen.getByText('Have a look, then decide.')).toBeVisible();
    await screen.getByRole('button', { name: /Play video/ }).click();
    const unseen = screen.getByText('This video could not be shown here. Open the file before you decide.');
    await expect.element(unseen).toBeVisible();
    await screen.rerender(show('b'));
    await expect.element(unseen).toBeVisible();
  });
});

it('a playlist of nothing but sound plays', async () => {
  const hlsUrl = `${location.origin}/faulty/fixtures/sound/index.m3u8`;
  const onError = vi.fn();
  const screen = await render(<PreviewPlayer preview={{ ...previews.video, hlsUrl }} muted autoPlay onError={onError} />);
  await isPlaying(screen.container);
  await expect.poll(() => videoOf(screen.container).currentTime).toBeGreaterThan(0.3);
  expect(videoOf(screen.container).src).toMatch(/^blob:|sound/);
  expect(onError).not.toHaveBeenCalled();
});
