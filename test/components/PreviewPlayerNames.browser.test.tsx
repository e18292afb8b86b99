import '../../src/styles/index.css';
import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { PreviewPlayer } from '../../src/components/index.js';
import type { Preview } from '../../src/model/preview.js';
import { createWorld } from '../support/world.js';
import { isPlaying, videoOf } from './realMedia.js';
import { findViolations, previews } from './support.js';

describe('a player of a container', () => {
  it.for([
    ['video', 'button', (name: string) => `Play video: ${name}`],
    ['image', 'img', (name: string) => name],
    ['slideshow', 'img', (name: string) => `${name}, 1 of 5`],
  ] as const)('is named as its container is: %s', async ([kind, role, words]) => {
    const world = createWorld({ mediaBaseUrl: `${location.origin}/` });
    const id = world.simulator.addContainer({ state: 'completed', generation: { kind } });
    const { hook } = await world.client.getContainer(id);
    const name = (hook ?? '').trim().replace(/\s+/g, ' ');
    expect(name).not.toBe('');
    const screen = await render(<PreviewPlayer containerId={id} />, { wrapper: world.wrapper });
    await expect.element(screen.getByRole(role, { name: words(name), exact: true })).toBeVisible();
    await screen.rerender(<PreviewPlayer containerId={id} alt="Ours" />);
    await expect.element(screen.getByRole(role, { name: words('Ours'), exact: true })).toBeVisible();
  });
});

it.for([
  ['a name', 'Plants', 'Plants'],
  ['no name', undefined, 'Image'],
])('each slide has a text of its own, with %s', async ([, alt, name]) => {
  const screen = await render(<PreviewPlayer preview={previews.slideshow} alt={alt} />);
  await expect.element(screen.getByRole('button', { name: 'Next slide' })).toBeInTheDocument();
  await screen.getByRole('button', { name: 'Next slide' }).click();
  const texts = () => [...screen.container.querySelectorAll<HTMLImageElement>('[data-part="slide"] img')].map((image) => image.alt);
  await expect.poll(texts).toEqual([1, 2, 3].map((slide) => `${name}, ${slide} of 5`));
});

it('what is named by nothing is still named: an empty text is for the image alone', async () => {
  const show = (preview: Preview) => <PreviewPlayer preview={preview} alt="" muted />;
  const screen = await render(show(previews.video));
  await screen.getByRole('button', { name: 'Play video', exact: true }).click();
  await isPlaying(screen.container);
  expect(videoOf(screen.container).getAttribute('aria-label')).toBe('Video');

  await screen.rerender(show(previews.slideshow));
  await expect.element(screen.getByRole('img', { name: 'Image, 1 of 5', exact: true })).toBeVisible();
  const groups = [...screen.container.querySelectorAll('[data-part="carousel"], [data-part="slides"]')];
  await expect.poll(() => screen.container.querySelectorAll('[data-part="next"]').length).toBe(1);
  expect(groups.map((group) => group.getAttribute('aria-label'))).toEqual(['Slideshow', 'Slideshow']);

  await screen.rerender(show(previews.image));
  expect(screen.container.querySelector('img')?.alt).toBe('');
  await screen.getByRole('button', { name: 'Show large' }).click();
  await expect.element(screen.getByRole('dialog', { name: 'Image', exact: true })).toBeVisible();
});

/** Whether a canvas has a picture, not one colour. */
function hasPicture(canvas: HTMLCanvasElement): boolean {
  const { width, height } = canvas;
  const pixels = new Uint32Array(canvas.getContext('2d')?.getImageData(0, 0, width, height).data.buffer ?? new ArrayBuffer(0));
  return new Set(pixels).size > 10;
}

describe('twelve videos without posters', () => {
  it('all show their first frame, with as many elements as ever', async () => {
    const screen = await render(
      <main style={{ display: 'grid', gridTemplateColumns: 'repeat(6, 100px)' }}>
        <h1>Twelve</h1>
        {Array.from({ length: 12 }, (_, index) => (
          <PreviewPlayer key={index} preview={previews.videoWithoutPoster} alt={`Clip ${index}`} muted loop />
        ))}
      </main>,
    );
    let most = 0;
    const observer = new MutationObserver(() => {
      most = Math.max(most, screen.container.querySelectorAll('video').length);
    });
    observer.observe(screen.container, { childList: true, subtree: true });
    const stills = () => [...screen.container.querySelectorAll('canvas')].filter(hasPicture);
    await expect.poll(() => stills().length).toBe(12);
    for (const still of stills()) {
      const frame = still.parentElement?.getBoundingClientRect();
      expect(still.getBoundingClientRect().width).toBeCloseTo(frame?.width ?? 0);
    }
    observer.disconnect();
    expect(most).toBeLessThanOrEqual(6);
    expect(await findViolations(screen.container)).toEqual([]);
    await screen.getByRole('button', { name: 'Play video: Clip 0', exact: true }).click();
    await isPlaying(screen.container);
    expect(videoOf(screen.container).getAttribute('aria-label')).toBe('Clip 0');
  });
});
