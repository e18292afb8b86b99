import '../../src/styles/index.css';
import { afterEach, describe, expect, it } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { PreviewPlayer } from '../../src/components/index.js';
import { parsePreview } from '../../src/index.js';
import { previews } from './support.js';

afterEach(async () => cleanup());

describe('an image of several pages', () => {
  it('is paged as a slideshow is, and stays an image', async () => {
    const { imageUrls } = previews.slideshow;
    const preview = parsePreview({
      kind: 'image',
      primaryUrl: imageUrls[0],
      imageUrls: imageUrls.map((url) => new URL(url, location.href).href),
    });
    const screen = await render(<PreviewPlayer preview={preview} alt="Menu" />);
    await expect.element(screen.getByRole('button', { name: 'Next slide' })).toBeVisible();
    expect(screen.container.querySelectorAll('[data-part="slide"]')).toHaveLength(imageUrls.length);
    expect((screen.container.firstElementChild as HTMLElement).dataset['kind']).toBe('image');
    await screen.getByRole('button', { name: 'Next slide' }).click();
    await expect.element(screen.getByRole('button', { name: 'Show slide 2 of' }).first()).toHaveAttribute('aria-current', 'true');
  });

  it('of one page is one image', async () => {
    const screen = await render(<PreviewPlayer preview={previews.image} />);
    await expect.element(screen.getByRole('img')).toBeVisible();
    expect(screen.container.querySelector('[data-part="slides"]')).toBeNull();
  });
});
