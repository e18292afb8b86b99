import '../../src/styles/index.css';
import { afterEach, expect, it } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { page } from 'vitest/browser';
import { PreviewPlayer } from '../../src/components/index.js';
import { isPlaying } from './realMedia.js';
import { previews } from './support.js';

afterEach(async () => {
  await cleanup();
  await page.viewport(800, 600);
});

it('the whole picture is tapped to play and pause, up to its edges on a wide screen', async () => {
  await page.viewport(2600, 600);
  const screen = await render(
    <div style={{ inlineSize: 2560 }}>
      <PreviewPlayer preview={previews.video} controls="minimal" aspectRatio="5:1" muted loop />
    </div>,
  );
  await screen.getByRole('button', { name: 'Play video' }).click();
  await isPlaying(screen.container);
  const frame = screen.container.querySelector('[data-part="frame"]') as HTMLElement;
  frame.scrollIntoView();
  const { left, right, top } = frame.getBoundingClientRect();
  expect(right - left).toBe(2560);
  const parts = [left + 4, right - 4].map((x) => document.elementFromPoint(x, top + 100)?.getAttribute('data-part'));
  expect(parts).toEqual(['play', 'play']);
});
