import '../../src/styles/index.css';
import { expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { commands } from 'vitest/browser';
import { PreviewPlayer } from '../../src/components/index.js';
import { isPlaying, videoOf } from './realMedia.js';
import { previews } from './support.js';

const { refuseFile } = commands as unknown as { refuseFile: (name: string, isRefused: boolean) => Promise<void> };

// Chromium keeps such a failure for as long as the page is there: each part is refused once.
it('all slides can be scrolled to where the code that moves them is refused', async () => {
  await refuseFile('/SlideshowMedia.tsx', true);
  const screen = await render(
    <div style={{ inlineSize: 270 }}>
      <PreviewPlayer preview={previews.slideshow} alt="Plants" />
    </div>,
  );
  const count = previews.slideshow.imageUrls.length;
  const slides = () => [...screen.container.querySelectorAll<HTMLElement>('[data-part="slide"]')];
  await expect
    .poll(() => slides().map(({ textContent }) => textContent))
    .toEqual(Array.from({ length: count }, (_, slide) => `${slide + 1} / ${count}`));
  const row = screen.container.querySelector('[data-part="slides"]') as HTMLElement;
  expect(row.tabIndex).toBe(0);
  row.scrollTo({ left: row.scrollWidth, behavior: 'instant' });
  const last = screen.getByRole('img', { name: `Plants, ${count} of ${count}` });
  await expect.poll(() => (last.element() as HTMLImageElement).naturalWidth).toBeGreaterThan(0);
  await refuseFile('/SlideshowMedia.tsx', false);
});

it('a video has the browser’s own controls where the code of the minimal ones is refused', async () => {
  await refuseFile('/MinimalControls.tsx', true);
  const screen = await render(<PreviewPlayer preview={previews.video} controls="minimal" muted loop />);
  await screen.getByRole('button', { name: 'Play video' }).click();
  await expect.poll(() => videoOf(screen.container)?.controls).toBe(true);
  await isPlaying(screen.container);
  // Nothing lies over them.
  expect(screen.container.querySelector('[data-part="play"]')).toBeNull();
  await refuseFile('/MinimalControls.tsx', false);
});

it('an image is a link to its file where the code that shows it large is refused', async () => {
  await refuseFile('/Zoom.tsx', true);
  const screen = await render(<PreviewPlayer preview={previews.image} />);
  const link = screen.getByRole('link', { name: 'Open file' });
  await expect.element(link).toBeVisible();
  expect(link.element().getAttribute('href')).toBe(previews.image.primaryUrl);
  await refuseFile('/Zoom.tsx', false);
});
