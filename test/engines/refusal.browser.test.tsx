import '../../src/styles/index.css';
import { expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { ContainerCard, PreviewPlayer } from '../../src/components/index.js';
import { isPlaying, stateOf, videoOf } from '../components/realMedia.js';
import { containers, previews } from '../components/support.js';

// In a browser whose owner lets nothing play by itself, not even without its sound; phones that save power are the same.

/** What this browser says of a muted video that nobody asked for. */
async function refusal(): Promise<string> {
  const video = document.createElement('video');
  video.muted = true;
  video.src = previews.video.videoUrl ?? '';
  const said = await video.play().then(
    () => 'played',
    (error: Error) => error.name,
  );
  video.removeAttribute('src');
  video.load();
  return said;
}

it('brings the play button back where the browser refuses, and plays when a person asks', async () => {
  expect(await refusal()).toBe('NotAllowedError');
  const screen = await render(<PreviewPlayer preview={previews.video} autoPlay loop />);
  await expect.element(screen.getByRole('button', { name: 'Play video' })).toBeVisible();
  await expect.poll(() => videoOf(screen.container)).toBeNull();
  expect(stateOf(screen.container)).toBe('idle');
  expect(screen.container.querySelector('[data-part="problem"]')).toBeNull();
  await screen.getByRole('button', { name: 'Play video' }).click();
  await isPlaying(screen.container);
});

it('shows the poster where a glimpse is refused', async () => {
  expect(await refusal()).toBe('NotAllowedError');
  const screen = await render(<ContainerCard container={containers.toApprove} />);
  await screen.getByRole('button', { name: /Play video/ }).hover();
  await expect.poll(() => videoOf(screen.container)).not.toBeNull();
  await expect.poll(() => videoOf(screen.container)?.paused ?? true).toBe(true);
  expect(stateOf(screen.container)).toBe('idle');
  expect(screen.container.querySelector('[data-part="poster"]')).not.toBeNull();
});
