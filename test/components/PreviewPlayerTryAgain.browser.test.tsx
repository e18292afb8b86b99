import '../../src/styles/index.css';
import { expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { PreviewPlayer } from '../../src/components/index.js';
import type { Preview } from '../../src/model/preview.js';
import { fileOfItsOwn, isPlaying, stateOf, videoAt, videoOf } from './realMedia.js';
import { previews } from './support.js';

const BROKEN = 'status=404';

/** A player whose host answers when the test says so, beside a field. */
async function renderBeside(preview: Preview) {
  const answers: ((preview: Preview | null) => void)[] = [];
  const onRefresh = vi.fn(() => new Promise<Preview | null>((resolve) => void answers.push(resolve)));
  const screen = await render(
    <div style={{ inlineSize: 180 }}>
      <PreviewPlayer preview={preview} muted loop onRefresh={onRefresh} />
      <input aria-label="Reason" />
    </div>,
  );
  return {
    screen,
    field: screen.getByRole('textbox', { name: 'Reason' }),
    retry: screen.getByRole('button', { name: 'Try again' }),
    answer: async (call: number, answered: Preview | null) => {
      await expect.poll(() => onRefresh.mock.calls.length).toBe(call);
      answers[call - 1]?.(answered);
    },
  };
}

it('an image that fails again leaves the focus to who has begun to type', async () => {
  const file = fileOfItsOwn('city-honey.jpg');
  const { field, retry, answer } = await renderBeside({ ...previews.image, primaryUrl: file.url(BROKEN), imageUrls: [file.url(BROKEN)] });
  await answer(1, null);
  await retry.click();
  await field.click();
  await answer(2, null);
  await expect.poll(async () => (await file.requests()).length).toBe(2);
  await expect.element(retry).toBeVisible();
  await expect.element(field).toHaveFocus();
});

it('an image that fails again has the focus on its button where it is nowhere else', async () => {
  const url = fileOfItsOwn('city-honey.jpg').url(BROKEN);
  const { retry, answer } = await renderBeside({ ...previews.image, primaryUrl: url, imageUrls: [url] });
  await answer(1, null);
  await expect.element(retry).toBeVisible();
  const before = retry.element();
  await retry.click();
  await answer(2, null);
  await expect.poll(() => (retry.query() ?? before) !== before).toBe(true);
  await expect.element(retry).toHaveFocus();
});

it('a video that plays at last leaves the focus to who has begun to type', async () => {
  const file = fileOfItsOwn();
  const { screen, field, retry, answer } = await renderBeside(videoAt(file.url('', BROKEN)));
  await screen.getByRole('button', { name: 'Play video' }).click();
  await answer(1, null);
  await retry.click();
  await field.click();
  await answer(2, videoAt(file.url('', 'fresh')));
  await isPlaying(screen.container);
  expect(videoOf(screen.container).controls).toBe(true);
  await expect.element(field).toHaveFocus();
});

it('a video that plays again has the focus where it is nowhere else', async () => {
  const file = fileOfItsOwn();
  const { screen, retry, answer } = await renderBeside(videoAt(file.url('', BROKEN)));
  await screen.getByRole('button', { name: 'Play video' }).click();
  await answer(1, null);
  await retry.click();
  await answer(2, videoAt(file.url('', 'fresh')));
  await isPlaying(screen.container);
  expect(document.activeElement).toBe(videoOf(screen.container));
});

it('a slide that is tried again stays in view, and loads', async () => {
  const urls = [1, 2, 3].map((slide) => fileOfItsOwn(`patient-plants/${slide}.jpg`).url(slide === 3 ? 'first=404' : ''));
  const screen = await render(
    <div style={{ inlineSize: 200 }}>
      <PreviewPlayer preview={{ ...previews.slideshow, imageUrls: urls }} />
    </div>,
  );
  await screen.getByRole('button', { name: 'Show slide 3 of 3' }).click();
  await screen.getByRole('button', { name: 'Try again' }).click();
  const slides = () => [...screen.container.querySelectorAll('[data-part="slide"]')].map((slide) => slide.querySelector('img'));
  await expect.poll(() => slides()[2]?.naturalWidth).toBeGreaterThan(0);
  expect(screen.container.querySelector('[data-part="count"]')?.textContent).toBe('3 / 3');
  const [row, third] = ['[data-part="slides"]', '[data-part="slide"]:last-child'].map(
    (part) => screen.container.querySelector(part)?.getBoundingClientRect().left,
  );
  expect(third).toBeCloseTo(row ?? 0, 0);
  expect(stateOf(screen.container)).toBe('ready');
});
