import '../../src/styles/index.css';
import { StrictMode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { userEvent } from 'vitest/browser';
import { PreviewPlayer } from '../../src/components/index.js';
import type { Preview } from '../../src/model/preview.js';
import { describeConformance } from './describeConformance.js';
import { fileOfItsOwn, videoAt } from './realMedia.js';
import { findViolations, Page, previews, THEMES } from './support.js';

const rootOf = (container: Element) => container.querySelector('.layers-PreviewPlayer') as HTMLElement;
const videoOf = (container: Element) => container.querySelector('video');
const frameOf = (container: Element) => container.querySelector('[data-part="frame"]') as HTMLElement;

afterEach(() => {
  vi.restoreAllMocks();
});

describeConformance('PreviewPlayer', <PreviewPlayer preview={previews.video} />);

describe('a video', () => {
  it('is not there before somebody asks for it', async () => {
    const screen = await render(<PreviewPlayer preview={previews.video} alt="Running" />);
    expect(videoOf(screen.container)).toBeNull();
    expect(rootOf(screen.container).dataset.state).toBe('idle');
    await expect.element(screen.getByRole('button', { name: 'Play video: Running' })).toBeVisible();
    await expect.element(screen.getByText('0:07')).toBeVisible();
  });

  it('plays on a click, with the browser’s controls and the focus on them', async () => {
    const screen = await render(<PreviewPlayer preview={previews.video} muted />);
    await screen.getByRole('button', { name: 'Play video' }).click();
    await expect.poll(() => rootOf(screen.container).dataset.state).toBe('playing');
    const video = videoOf(screen.container);
    expect(video?.controls).toBe(true);
    expect(video?.muted).toBe(true);
    expect(video?.paused).toBe(false);
    expect(document.activeElement).toBe(video);
    expect(screen.container.querySelector('[data-part="play"]')).toBeNull();
    video?.pause();
    await expect.poll(() => rootOf(screen.container).dataset.state).toBe('paused');
  });

  it('plays from the keyboard', async () => {
    const screen = await render(<PreviewPlayer preview={previews.video} muted />);
    await userEvent.tab();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => rootOf(screen.container).dataset.state).toBe('playing');
  });

  it('plays and pauses with one button where there are no controls', async () => {
    const screen = await render(<PreviewPlayer preview={previews.video} muted loop controls={false} />);
    await screen.getByRole('button', { name: 'Play video' }).click();
    await expect.poll(() => rootOf(screen.container).dataset.state).toBe('playing');
    expect(videoOf(screen.container)?.controls).toBe(false);
    expect(document.activeElement).toBe(screen.getByRole('button').element());
    await screen.getByRole('button', { name: 'Pause video' }).click();
    await expect.poll(() => rootOf(screen.container).dataset.state).toBe('paused');
    await screen.getByRole('button', { name: 'Play video' }).click();
    await expect.poll(() => rootOf(screen.container).dataset.state).toBe('playing');
  });

  it('stops and lets go of the network when it leaves the page', async () => {
    const screen = await render(<PreviewPlayer preview={previews.video} muted autoPlay />);
    await expect.poll(() => rootOf(screen.container).dataset.state).toBe('playing');
    const video = videoOf(screen.container) as HTMLVideoElement;
    await screen.unmount();
    expect(video.paused).toBe(true);
    expect(video.hasAttribute('src')).toBe(false);
    await expect.poll(() => video.networkState).toBe(HTMLMediaElement.NETWORK_EMPTY);
  });

  it('plays under StrictMode', async () => {
    const screen = await render(
      <StrictMode>
        <PreviewPlayer preview={previews.video} muted autoPlay />
      </StrictMode>,
    );
    await expect.poll(() => rootOf(screen.container).dataset.state).toBe('playing');
    expect(videoOf(screen.container)?.getAttribute('src')).toBe(previews.video.videoUrl);
    await expect.poll(() => videoOf(screen.container)?.currentTime).toBeGreaterThan(0);
  });

  it('draws its first frame where there is no poster', async () => {
    const screen = await render(<PreviewPlayer preview={previews.videoWithoutPoster} muted />);
    await expect.poll(() => videoOf(screen.container)?.preload).toBe('metadata');
    const video = videoOf(screen.container);
    expect(video?.getAttribute('src')).toBe(`${previews.videoWithoutPoster.videoUrl}#t=0.001`);
    await screen.getByRole('button', { name: 'Play video' }).click();
    await expect.poll(() => rootOf(screen.container).dataset.state).toBe('playing');
    expect(document.activeElement).toBe(video);
  });

  it('stands in for a poster that does not load', async () => {
    const preview = { ...previews.video, thumbnailUrl: new URL('/missing.jpg', location.origin).href };
    const screen = await render(<PreviewPlayer preview={preview} />);
    await expect.poll(() => videoOf(screen.container)?.preload).toBe('metadata');
    expect(screen.container.querySelector('[data-part="poster"]')).toBeNull();
  });

  it('brings the play button back when the browser refuses to play', async () => {
    const refusal = vi.spyOn(HTMLMediaElement.prototype, 'play').mockRejectedValue(new DOMException('Low power', 'NotAllowedError'));
    const screen = await render(<PreviewPlayer preview={previews.video} autoPlay />);
    await expect.element(screen.getByRole('button', { name: 'Play video' })).toBeVisible();
    await expect.poll(() => refusal.mock.calls.length).toBe(1);
    expect(rootOf(screen.container).dataset.state).toBe('idle');
    refusal.mockRestore();
    await screen.getByRole('button', { name: 'Play video' }).click();
    await expect.poll(() => rootOf(screen.container).dataset.state).toBe('playing');
  });

  it('does not take the focus when it plays by itself', async () => {
    const screen = await render(<PreviewPlayer preview={previews.video} muted autoPlay />);
    await expect.poll(() => rootOf(screen.container).dataset.state).toBe('playing');
    expect(document.activeElement).toBe(document.body);
  });

  it('mutes and unmutes the element that is there', async () => {
    const screen = await render(<PreviewPlayer preview={previews.video} muted autoPlay />);
    await expect.poll(() => videoOf(screen.container)?.muted).toBe(true);
    await screen.rerender(<PreviewPlayer preview={previews.video} autoPlay />);
    expect(videoOf(screen.container)?.muted).toBe(false);
  });

  it('says so when it does not load, and tries again when asked', async () => {
    const file = fileOfItsOwn();
    const screen = await render(<PreviewPlayer preview={videoAt(file.url('first=404'))} muted />);
    await screen.getByRole('button', { name: 'Play video' }).click();
    await expect.element(screen.getByText('This video could not be loaded.')).toBeVisible();
    expect(rootOf(screen.container).dataset.state).toBe('error');
    expect(videoOf(screen.container)).toBeNull();
    const retry = screen.getByRole('button', { name: 'Try again' });
    await expect.element(retry).toHaveFocus();
    expect(await file.requests()).toHaveLength(1);
    await retry.click();
    await expect.poll(() => rootOf(screen.container).dataset.state).toBe('playing');
  });

  it('forgets an error of the media before', async () => {
    const screen = await render(<PreviewPlayer preview={previews.brokenVideo} muted autoPlay />);
    await expect.poll(() => rootOf(screen.container).dataset.state).toBe('error');
    await screen.rerender(<PreviewPlayer preview={previews.video} muted />);
    expect(rootOf(screen.container).dataset.state).toBe('idle');
    expect(screen.container.textContent).not.toContain('could not');
    await screen.rerender(<PreviewPlayer preview={previews.otherVideo} muted autoPlay />);
    await expect.poll(() => rootOf(screen.container).dataset.state).toBe('playing');
    expect(videoOf(screen.container)?.getAttribute('src')).toBe(previews.otherVideo.videoUrl);
  });

  it('is only a poster where the server sent only a poster', async () => {
    const screen = await render(<PreviewPlayer preview={previews.posterOnly} />);
    expect(screen.container.querySelector('[data-part="poster"]')).not.toBeNull();
    expect(screen.container.querySelector('button, video')).toBeNull();
  });
});

describe('an image', () => {
  it('is lazy and named', async () => {
    const screen = await render(<PreviewPlayer preview={previews.image} alt="A jar of honey" />);
    const image = screen.getByRole('img', { name: 'A jar of honey' }).element() as HTMLImageElement;
    expect(image.loading).toBe('lazy');
    expect(image.decoding).toBe('async');
    await expect.poll(() => rootOf(screen.container).dataset.state).toBe('ready');
  });

  it('says so when it does not load, and loads when asked again', async () => {
    const url = fileOfItsOwn('city-honey.jpg').url('first=404');
    const screen = await render(<PreviewPlayer preview={{ ...previews.image, primaryUrl: url, imageUrls: [url] }} />);
    await expect.element(screen.getByText('This image could not be loaded.')).toBeVisible();
    expect(rootOf(screen.container).dataset.state).toBe('error');
    await screen.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => rootOf(screen.container).dataset.state).toBe('ready');
  });
});

describe('a place without media', () => {
  it('says that there is none yet, or holds what it is given', async () => {
    const screen = await render(<PreviewPlayer preview={null} />);
    expect(rootOf(screen.container).dataset.state).toBe('empty');
    expect(rootOf(screen.container).dataset.kind).toBe('none');
    await expect.element(screen.getByText('No preview yet')).toBeVisible();
    await screen.rerender(<PreviewPlayer preview={null}>Soon</PreviewPlayer>);
    await expect.element(screen.getByText('Soon')).toBeVisible();
  });

  it('links to a kind that cannot be shown', async () => {
    const screen = await render(<PreviewPlayer preview={previews.unknown} />);
    const link = screen.getByRole('link', { name: 'Open file' }).element() as HTMLAnchorElement;
    expect(link.href).toBe(previews.unknown.primaryUrl);
    expect(link.rel).toContain('noopener');
  });

  it.for(['javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,x', '/relative.mp4', ''])('never renders %s', async (url) => {
    const hostile = { ...previews.video, primaryUrl: url, videoUrl: url, thumbnailUrl: url, hlsUrl: url, imageUrls: [url, url] };
    const screen = await render(<></>);
    for (const kind of ['video', 'slideshow', 'image', 'unknown'] as const) {
      await screen.rerender(<PreviewPlayer preview={{ ...hostile, kind, rawKind: kind } as Preview} autoPlay />);
      expect(screen.container.querySelector('[src], [href], [poster]')).toBeNull();
    }
  });
});

describe('the frame', () => {
  it.for([
    ['9:16', '9:16', 9 / 16],
    ['16:9', '16:9', 16 / 9],
    ['4/5', '4:5', 4 / 5],
    ['1.91:1', '1.91:1', 1.91],
    ['nonsense', '9:16', 9 / 16],
    ['0:0', '9:16', 9 / 16],
  ] as const)('of %s is %s', async ([aspectRatio, name, ratio]) => {
    const screen = await render(
      <div style={{ inlineSize: 180 }}>
        <PreviewPlayer preview={null} aspectRatio={aspectRatio} />
      </div>,
    );
    expect(rootOf(screen.container).dataset.ratio).toBe(name);
    const { width, height } = frameOf(screen.container).getBoundingClientRect();
    expect(width / height).toBeCloseTo(ratio, 1);
  });

  it('does not move when the media arrives, loads and plays', async () => {
    const screen = await render(<PreviewPlayer preview={null} />);
    const before = rootOf(screen.container).getBoundingClientRect().height;
    const heights = new Set<number>();
    const look = () => heights.add(rootOf(screen.container).getBoundingClientRect().height);
    await screen.rerender(<PreviewPlayer preview={previews.video} muted autoPlay />);
    look();
    await expect.poll(() => rootOf(screen.container).dataset.state).toBe('playing');
    look();
    await screen.rerender(<PreviewPlayer preview={previews.image} />);
    look();
    await expect.poll(() => rootOf(screen.container).dataset.state).toBe('ready');
    look();
    expect([...heights]).toEqual([before]);
  });

  it('has the ratio of the data', async () => {
    const screen = await render(<PreviewPlayer preview={previews.squareVideo} />);
    expect(rootOf(screen.container).dataset.ratio).toBe('1:1');
    await screen.rerender(<PreviewPlayer preview={{ ...previews.video, aspectRatio: null }} />);
    expect(rootOf(screen.container).dataset.ratio).toBe('9:16');
  });
});

describe.for(THEMES)('PreviewPlayer in the %s theme', (theme) => {
  it.for(Object.entries({ ...previews, nothing: null }))('has no accessibility violation with %s', async ([, preview]) => {
    const screen = await render(
      <Page theme={theme}>
        <PreviewPlayer preview={preview} alt="What it shows" />
      </Page>,
    );
    const settled = preview === previews.brokenImage ? /error/ : /./;
    await expect.poll(() => rootOf(screen.container).dataset.state).toMatch(settled);
    expect(await findViolations(screen.container)).toEqual([]);
  });

  it('has none while a video plays, nor when it failed', async () => {
    const screen = await render(
      <Page theme={theme}>
        <PreviewPlayer preview={previews.video} muted autoPlay />
      </Page>,
    );
    await expect.poll(() => rootOf(screen.container).dataset.state).toBe('playing');
    expect(await findViolations(screen.container)).toEqual([]);
    await screen.rerender(
      <Page theme={theme}>
        <PreviewPlayer preview={previews.brokenVideo} muted autoPlay />
      </Page>,
    );
    await expect.poll(() => rootOf(screen.container).dataset.state).toBe('error');
    expect(await findViolations(screen.container)).toEqual([]);
  });
});
