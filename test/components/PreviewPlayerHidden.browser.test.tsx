import '../../src/styles/index.css';
import * as React from 'react';
import { type ComponentType, type ReactNode, StrictMode, Suspense, use, version } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { PreviewPlayer } from '../../src/components/index.js';
import { frames } from '../support/frames.js';
import { pass, stopTime } from '../support/time.js';
import { fileOfItsOwn, isPlaying, stateOf, videoAt, videoOf } from './realMedia.js';
import { previews } from './support.js';

const isReact18 = version.startsWith('18');
const { Activity } = React as unknown as { Activity: ComponentType<{ mode: 'hidden' | 'visible'; children: ReactNode }> };

afterEach(async () => {
  await cleanup();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** A route that is kept while another is shown, as Next.js does with cached routes. */
const route = (mode: 'hidden' | 'visible', children: ReactNode) => (
  <StrictMode>
    <Activity mode={mode}>
      <div style={{ inlineSize: 180 }}>{children}</div>
    </Activity>
    <button type="button">Elsewhere</button>
  </StrictMode>
);

/** Nothing modal covers the page: what is at the place of the button is the button. */
async function isAlive(screen: Awaited<ReturnType<typeof render>>) {
  const button = screen.getByRole('button', { name: 'Elsewhere' });
  const told = vi.fn();
  button.element().addEventListener('click', told);
  await button.click();
  expect(told).toHaveBeenCalledOnce();
}

describe.skipIf(isReact18)('on a route that is hidden and kept', () => {
  it.for(['native', 'minimal', 'none'] as const)(
    'a video that a person started stops, with %s controls, and waits for them at its place',
    async (controls) => {
      const page = <PreviewPlayer preview={previews.video} muted loop controls={controls} />;
      const screen = await render(route('visible', page));
      await screen.getByRole('button', { name: 'Play video' }).click();
      await isPlaying(screen.container);
      const video = videoOf(screen.container);
      video.currentTime = 3;
      await expect.poll(() => video.currentTime).toBeGreaterThan(3);
      await screen.rerender(route('hidden', page));
      expect(video.paused).toBe(true);
      expect(video.hasAttribute('src')).toBe(false);
      await isAlive(screen);
      await screen.rerender(route('visible', page));
      await expect.poll(() => stateOf(screen.container)).toBe('idle');
      await frames();
      expect(videoOf(screen.container)).toBeNull();
      await screen.getByRole('button', { name: 'Play video' }).click();
      await isPlaying(screen.container);
      expect(videoOf(screen.container).currentTime).toBeGreaterThanOrEqual(3);
    },
  );

  it('a video that plays by itself stops, and goes on by itself', async () => {
    const page = <PreviewPlayer preview={previews.video} autoPlay loop />;
    const screen = await render(route('visible', page));
    await isPlaying(screen.container);
    const video = videoOf(screen.container);
    await screen.rerender(route('hidden', page));
    expect(video.paused).toBe(true);
    await screen.rerender(route('visible', page));
    await isPlaying(screen.container);
    await expect.poll(() => videoOf(screen.container).paused).toBe(false);
  });

  it('leaves the full screen', async () => {
    const page = <PreviewPlayer preview={previews.video} muted loop controls="minimal" />;
    const screen = await render(route('visible', page));
    await screen.getByRole('button', { name: 'Play video' }).click();
    await isPlaying(screen.container);
    await screen.getByRole('button', { name: 'Full screen' }).click();
    await expect.poll(() => document.fullscreenElement?.getAttribute('data-part')).toBe('frame');
    await screen.rerender(route('hidden', page));
    await expect.poll(() => document.fullscreenElement).toBeNull();
    await isAlive(screen);
  });

  it.skipIf(!document.pictureInPictureEnabled)('leaves the window of its own', async () => {
    const page = <PreviewPlayer preview={previews.video} muted loop />;
    const screen = await render(route('visible', page));
    await screen.getByRole('button', { name: 'Play video' }).click();
    await isPlaying(screen.container);
    await videoOf(screen.container).requestPictureInPicture();
    expect(document.pictureInPictureElement).toBe(videoOf(screen.container));
    await screen.rerender(route('hidden', page));
    await expect.poll(() => document.pictureInPictureElement).toBeNull();
  });

  it('closes the large image', async () => {
    const page = <PreviewPlayer preview={previews.image} alt="Honey" />;
    const screen = await render(route('visible', page));
    await screen.getByRole('button', { name: 'Show large' }).click();
    await expect.element(screen.getByRole('dialog', { name: 'Honey' })).toBeVisible();
    await screen.rerender(route('hidden', page));
    await isAlive(screen);
    await screen.rerender(route('visible', page));
    await frames();
    expect(screen.container.querySelector('dialog')?.open).toBe(false);
    await screen.getByRole('button', { name: 'Show large' }).click();
    await expect.element(screen.getByRole('dialog', { name: 'Honey' })).toBeVisible();
    await screen.unmount();
    expect(document.querySelector('dialog')).toBeNull();
  });

  it('slides stand still, and go on where they were', async () => {
    stopTime();
    const page = <PreviewPlayer preview={previews.slideshow} autoRotate={5_000} />;
    const screen = await render(route('visible', page));
    const pill = () => screen.container.querySelector('[data-part="count"]')?.textContent;
    await screen.getByRole('button', { name: 'Elsewhere' }).hover();
    await expect.element(screen.getByRole('button', { name: 'Stop slides' })).toBeInTheDocument();
    await pass(5_500);
    expect(pill()).toBe('2 / 5');
    await screen.rerender(route('hidden', page));
    await pass(60_000);
    expect(pill()).toBe('2 / 5');
    await screen.rerender(route('visible', page));
    await frames();
    await pass(5_500);
    expect(pill()).toBe('3 / 5');
  });
});

describe('in a panel that its page hides', () => {
  it('slides that go by themselves stand still, and the number is that of the slide in view', async () => {
    stopTime();
    const show = (display: 'block' | 'none') => (
      <>
        <div style={{ inlineSize: 200, display }}>
          <PreviewPlayer preview={previews.slideshow} autoRotate={5_000} />
        </div>
        <button type="button">Elsewhere</button>
      </>
    );
    const screen = await render(show('block'));
    const pill = () => screen.container.querySelector('[data-part="count"]')?.textContent;
    const row = () => screen.container.querySelector('[data-part="slides"]') as HTMLElement;
    const inView = () => Math.round(row().scrollLeft / row().clientWidth) + 1;
    await screen.getByRole('button', { name: 'Elsewhere' }).hover();
    await expect.element(screen.getByRole('button', { name: 'Stop slides' })).toBeInTheDocument();
    await pass(5_500);
    expect(pill()).toBe('2 / 5');
    await expect.poll(inView).toBe(2);
    await screen.rerender(show('none'));
    await frames();
    await pass(30_000);
    expect(pill()).toBe('2 / 5');
    await screen.rerender(show('block'));
    await frames();
    await expect.poll(() => pill()).toBe(`${inView()} / 5`);
    await pass(5_500);
    await expect.poll(() => pill()).toBe('3 / 5');
    await expect.poll(inView).toBe(3);
  });
});

function held() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** Suspends while there is a promise. */
function Sibling({ on }: { on: Promise<void> | null }) {
  if (on) use(on);
  return null;
}

describe.skipIf(isReact18)('beside a sibling that suspends', () => {
  const page = (on: Promise<void> | null, player: ReactNode) => (
    <Suspense fallback={<p>Waiting</p>}>
      <div style={{ inlineSize: 180 }}>{player}</div>
      <Sibling on={on} />
    </Suspense>
  );

  it.for(['native', 'minimal', 'none'] as const)('a playing video goes on afterwards, with %s controls', async (controls) => {
    const player = <PreviewPlayer preview={previews.video} muted loop controls={controls} />;
    const screen = await render(page(null, player));
    await screen.getByRole('button', { name: 'Play video' }).click();
    await isPlaying(screen.container);
    const video = videoOf(screen.container);
    video.currentTime = 3;
    await expect.poll(() => video.currentTime).toBeGreaterThan(3);
    const { promise, resolve } = held();
    await screen.rerender(page(promise, player));
    await expect.element(screen.getByText('Waiting')).toBeVisible();
    expect(video.paused).toBe(true);
    // The browser says that it isn't on the screen.
    await frames();
    resolve();
    await expect.element(screen.getByText('Waiting')).not.toBeInTheDocument();
    await frames();
    await isPlaying(screen.container);
    expect(videoOf(screen.container)).toBe(video);
    await expect.poll(() => video.currentTime).toBeGreaterThan(3);
    expect(video.paused).toBe(false);
  });

  it('a paused one stays paused where it is', async () => {
    const player = <PreviewPlayer preview={previews.video} muted loop controls="minimal" />;
    const screen = await render(page(null, player));
    await screen.getByRole('button', { name: 'Play video' }).click();
    await isPlaying(screen.container);
    const video = videoOf(screen.container);
    video.currentTime = 3;
    await screen.getByRole('button', { name: 'Pause video' }).click();
    await expect.poll(() => stateOf(screen.container)).toBe('paused');
    const { promise, resolve } = held();
    await screen.rerender(page(promise, player));
    await frames();
    resolve();
    await expect.element(screen.getByText('Waiting')).not.toBeInTheDocument();
    await expect.poll(() => videoOf(screen.container)?.currentTime).toBeGreaterThanOrEqual(3);
    expect(stateOf(screen.container)).toBe('paused');
    expect(videoOf(screen.container).paused).toBe(true);
  });

  it('gives way as ever once it is off the screen after that', async () => {
    const player = <PreviewPlayer preview={previews.video} muted loop />;
    const far = (on: Promise<void> | null) => (
      <>
        {page(on, player)}
        <div style={{ blockSize: 4000 }} />
      </>
    );
    const screen = await render(far(null));
    await screen.getByRole('button', { name: 'Play video' }).click();
    await isPlaying(screen.container);
    const { promise, resolve } = held();
    await screen.rerender(far(promise));
    await frames();
    window.scrollTo({ top: 3000, behavior: 'instant' });
    resolve();
    await expect.element(screen.getByText('Waiting')).not.toBeInTheDocument();
    await expect.poll(() => videoOf(screen.container)).toBeNull();
    window.scrollTo({ top: 0, behavior: 'instant' });
  });
});

it('under StrictMode a video that is tried again plays, and is let go of', async () => {
  const file = fileOfItsOwn();
  const screen = await render(
    <StrictMode>
      <PreviewPlayer preview={videoAt(file.url('first=404'))} muted />
    </StrictMode>,
  );
  await screen.getByRole('button', { name: 'Play video' }).click();
  await screen.getByRole('button', { name: 'Try again' }).click();
  await isPlaying(screen.container);
  expect(screen.container.querySelectorAll('video')).toHaveLength(1);
  const video = videoOf(screen.container);
  await screen.unmount();
  expect(video.paused).toBe(true);
  expect(video.hasAttribute('src')).toBe(false);
});
