import '../../src/styles/index.css';
import { createRef } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { userEvent } from 'vitest/browser';
import { ContainerCard, limitLiveVideos, PreviewPlayer } from '../../src/components/index.js';
import { containers, findViolations, Page, previews, THEMES } from './support.js';

const rootOf = (container: Element) => container.querySelector('.layers-PreviewPlayer') as HTMLElement;
const stateOf = (container: Element) => rootOf(container).dataset.state;
const videoOf = (container: Element) => container.querySelector('video') as HTMLVideoElement;
const videosOf = (container: Element) => [...container.querySelectorAll('video')];

afterEach(() => {
  limitLiveVideos(6);
  vi.restoreAllMocks();
});

async function renderMinimal() {
  const screen = await render(
    <div style={{ inlineSize: 270 }}>
      <PreviewPlayer preview={previews.video} controls="minimal" alt="Running" muted />
    </div>,
  );
  await screen.getByRole('button', { name: 'Play video: Running' }).click();
  await expect.element(screen.getByRole('slider', { name: 'Position' })).toBeVisible();
  await expect.poll(() => stateOf(screen.container)).toBe('playing');
  return { screen, video: videoOf(screen.container) };
}

describe('minimal controls', () => {
  it('play and pause by a tap anywhere on the picture', async () => {
    const { screen, video } = await renderMinimal();
    expect(video.controls).toBe(false);
    // A click scrolls the page where its first try was too early.
    video.scrollIntoView();
    const { left, top, width } = video.getBoundingClientRect();
    const tapped = document.elementFromPoint(left + width / 2, top + 40);
    expect(tapped?.getAttribute('data-part')).toBe('play');
    await screen.getByRole('button', { name: 'Pause video: Running' }).click();
    await expect.poll(() => stateOf(screen.container)).toBe('paused');
  });

  it('scrub, change speed and turn the sound on and off', async () => {
    const { screen, video } = await renderMinimal();
    const slider = screen.getByRole('slider', { name: 'Position' });
    await slider.fill('4');
    await expect.poll(() => video.currentTime).toBeGreaterThanOrEqual(4);
    await expect.poll(() => slider.element().getAttribute('aria-valuetext')).toMatch(/^0:0\d of 0:07$/);
    await screen.getByRole('button', { name: 'Unmute' }).click();
    expect(video.muted).toBe(false);
    await screen.getByRole('button', { name: 'Mute', exact: true }).click();
    expect(video.muted).toBe(true);
    await screen.getByRole('button', { name: 'Speed: 1×' }).click();
    expect(video.playbackRate).toBe(1.5);
    await expect.element(screen.getByRole('button', { name: 'Speed: 1.5×' })).toBeVisible();
  });

  it('fill the screen with the frame and its controls', async () => {
    const { screen } = await renderMinimal();
    const full = vi.spyOn(Element.prototype, 'requestFullscreen').mockResolvedValue(undefined);
    await screen.getByRole('button', { name: 'Full screen' }).click();
    expect((full.mock.contexts[0] as HTMLElement).dataset.part).toBe('frame');
  });

  it('are reached and worked by the keyboard alone', async () => {
    const screen = await render(<PreviewPlayer preview={previews.video} controls="minimal" muted />);
    await userEvent.tab();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => stateOf(screen.container)).toBe('playing');
    await expect.element(screen.getByRole('slider')).toBeInTheDocument();
    const video = videoOf(screen.container);
    await userEvent.keyboard('k');
    await expect.poll(() => stateOf(screen.container)).toBe('paused');
    await userEvent.keyboard('{End}');
    await expect.poll(() => video.currentTime).toBeCloseTo(video.duration, 1);
    await userEvent.keyboard('{Home}{ArrowRight}{ArrowRight}');
    await expect.poll(() => video.currentTime).toBeCloseTo(video.duration / 5, 1);
    await userEvent.keyboard('{ArrowLeft}');
    await expect.poll(() => video.currentTime).toBeCloseTo(video.duration / 10, 1);
    await userEvent.keyboard('m');
    expect(video.muted).toBe(false);
    await userEvent.keyboard('{ArrowDown}');
    expect(video.volume).toBeCloseTo(0.9);
    await userEvent.keyboard('>');
    expect(video.playbackRate).toBe(1.5);
    const walk: (string | null | undefined)[] = [];
    for (let step = 0; step < 4; step += 1) {
      await userEvent.tab();
      walk.push(document.activeElement?.getAttribute('data-part'));
    }
    expect(walk).toEqual(['scrub', 'speed', 'mute', 'fullscreen']);
    await userEvent.keyboard(' ');
    expect(document.activeElement?.getAttribute('data-part')).toBe('fullscreen');
  });

  it.for(THEMES)('have no accessibility violation in the %s theme', async (theme) => {
    const screen = await render(
      <Page theme={theme}>
        <PreviewPlayer preview={previews.video} controls="minimal" alt="Running" muted autoPlay />
      </Page>,
    );
    await expect.poll(() => stateOf(screen.container)).toBe('playing');
    await expect.element(screen.getByRole('slider')).toBeInTheDocument();
    expect(await findViolations(screen.container)).toEqual([]);
  });
});

describe('a video', () => {
  it('is tried without its sound when it plays by itself, and with it when a person asks', async () => {
    const screen = await render(<PreviewPlayer preview={previews.video} autoPlay />);
    await expect.poll(() => stateOf(screen.container)).toBe('playing');
    expect(videoOf(screen.container).muted).toBe(true);
    await screen.unmount();
    const other = await render(<PreviewPlayer preview={previews.videoWithoutPoster} />);
    await expect.poll(() => videoOf(other.container)?.muted).toBe(true);
    await other.getByRole('button', { name: 'Play video' }).click();
    await expect.poll(() => stateOf(other.container)).toBe('playing');
    expect(videoOf(other.container).muted).toBe(false);
  });

  it('tells its host what it does, and hands over its element', async () => {
    const ref = createRef<HTMLVideoElement>();
    const [onPlay, onEnded] = [vi.fn(), vi.fn()];
    const screen = await render(
      <PreviewPlayer preview={previews.squareVideo} muted autoPlay videoRef={ref} onPlay={onPlay} onEnded={onEnded} />,
    );
    await expect.poll(() => onPlay.mock.calls.length).toBe(1);
    await expect.poll(() => stateOf(screen.container)).toBe('playing');
    expect(ref.current).toBe(videoOf(screen.container));
    (ref.current as HTMLVideoElement).currentTime = 4.8;
    await expect.poll(() => onEnded.mock.calls.length).toBe(1);
    await screen.unmount();
    expect(ref.current).toBeNull();
  });

  it('pauses the others, unless it is told not to', async () => {
    const show = (exclusive: boolean) => (
      <div style={{ display: 'grid', gridTemplateColumns: '120px 120px' }}>
        <PreviewPlayer preview={previews.video} alt="One" muted loop exclusive={exclusive} />
        <PreviewPlayer preview={previews.otherVideo} alt="Two" muted loop exclusive={exclusive} />
      </div>
    );
    const screen = await render(show(true));
    const states = () => [...screen.container.querySelectorAll<HTMLElement>('.layers-PreviewPlayer')].map(({ dataset }) => dataset.state);
    await screen.getByRole('button', { name: 'Play video: One' }).click();
    await expect.poll(states).toEqual(['playing', 'idle']);
    await screen.getByRole('button', { name: 'Play video: Two' }).click();
    await expect.poll(states).toEqual(['paused', 'playing']);
    await screen.rerender(show(false));
    await videosOf(screen.container)[0]?.play();
    await expect.poll(states).toEqual(['playing', 'playing']);
  });

  it('gives way off the screen, and goes on from there when asked', async () => {
    const screen = await render(
      <div style={{ inlineSize: 150 }}>
        <PreviewPlayer preview={previews.video} muted />
        <div style={{ blockSize: 3000 }} />
      </div>,
    );
    await screen.getByRole('button', { name: 'Play video' }).click();
    await expect.poll(() => stateOf(screen.container)).toBe('playing');
    const video = videoOf(screen.container);
    video.currentTime = 3;
    await expect.poll(() => video.currentTime).toBeGreaterThan(3);
    window.scrollTo({ top: 2500, behavior: 'instant' });
    await expect.poll(() => videoOf(screen.container)).toBeNull();
    expect(video.paused).toBe(true);
    expect(video.hasAttribute('src')).toBe(false);
    expect(stateOf(screen.container)).toBe('idle');
    window.scrollTo({ top: 0, behavior: 'instant' });
    await screen.getByRole('button', { name: 'Play video' }).click();
    await expect.poll(() => stateOf(screen.container)).toBe('playing');
    expect(videoOf(screen.container).currentTime).toBeGreaterThanOrEqual(3);
  });

  it('is one of few that are alive, whoever asks for more', async () => {
    limitLiveVideos(2);
    const screen = await render(
      <div style={{ display: 'grid', gridTemplateColumns: 'repeat(4, 90px)' }}>
        {['A', 'B', 'C', 'D'].map((name) => (
          <PreviewPlayer key={name} preview={previews.videoWithoutPoster} alt={name} muted loop exclusive={false} />
        ))}
      </div>,
    );
    let most = 0;
    const observer = new MutationObserver(() => {
      most = Math.max(most, videosOf(screen.container).length);
    });
    observer.observe(screen.container, { childList: true, subtree: true });
    await expect.poll(() => videosOf(screen.container).length).toBe(2);
    for (const name of ['D', 'C', 'B']) {
      await screen.getByRole('button', { name: `Play video: ${name}` }).click();
      await expect.poll(() => videosOf(screen.container).map((video) => video.getAttribute('aria-label'))).toContain(name);
    }
    await expect.poll(() => videosOf(screen.container).map((video) => video.getAttribute('aria-label'))).toEqual(['B', 'C']);
    expect(most).toBeLessThanOrEqual(2);
    observer.disconnect();
  });

  it('gives a glimpse in a card that somebody points at, and lets go of it afterwards', async () => {
    const screen = await render(
      <div style={{ inlineSize: 180 }}>
        <ContainerCard container={containers.toApprove} />
        <button type="button">Elsewhere</button>
      </div>,
    );
    expect(videoOf(screen.container)).toBeNull();
    await screen.getByRole('button', { name: /Play video/ }).hover();
    await expect.poll(() => videoOf(screen.container)?.paused).toBe(false);
    expect(videoOf(screen.container).muted).toBe(true);
    expect(stateOf(screen.container)).toBe('idle');
    await screen.getByRole('button', { name: 'Elsewhere' }).hover();
    await expect.poll(() => videoOf(screen.container)).toBeNull();
  });
});

describe('what is left of a container that failed', () => {
  it('is shown beside the reason', async () => {
    const screen = await render(<PreviewPlayer preview={previews.image} problem={{ message: 'The second half is missing.' }} />);
    await expect.element(screen.getByText('The second half is missing.')).toBeVisible();
    await expect.poll(() => stateOf(screen.container)).toBe('ready');
    expect(await findViolations(screen.container)).toEqual([]);
  });
});

describe('an image', () => {
  it('is shown large on demand, closed by Escape, with the focus back where it was', async () => {
    const screen = await render(<PreviewPlayer preview={previews.image} alt="A jar of honey" />);
    const button = screen.getByRole('button', { name: 'Show large' });
    await button.click();
    await expect.element(screen.getByRole('dialog', { name: 'A jar of honey' })).toBeVisible();
    expect(await findViolations(screen.container)).toEqual([]);
    await screen.getByRole('button', { name: 'Full size', pressed: false }).click();
    expect(screen.container.querySelector('dialog')?.dataset.actual).toBe('');
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => screen.container.querySelector('dialog')?.open).toBe(false);
    expect(document.activeElement).toBe(button.element());
    expect(screen.container.querySelectorAll('img')).toHaveLength(1);
  });
});

describe('requests for media', () => {
  it('carry what the host says of referrer and origin', async () => {
    const screen = await render(
      <PreviewPlayer preview={previews.video} referrerPolicy="no-referrer" crossOrigin="anonymous" muted autoPlay />,
    );
    await expect.poll(() => videoOf(screen.container)?.crossOrigin).toBe('anonymous');
    const poster = screen.container.querySelector('img') as HTMLImageElement;
    expect([poster.referrerPolicy, poster.crossOrigin]).toEqual(['no-referrer', 'anonymous']);
  });
});
