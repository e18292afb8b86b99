import '../../src/styles/index.css';
import { describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { PreviewPlayer } from '../../src/components/index.js';
import type { Preview } from '../../src/model/preview.js';
import { frames } from '../support/frames.js';
import { fileOfItsOwn, stateOf, videoAt, videoOf } from './realMedia.js';
import { previews } from './support.js';

const imageAt = (url: string): Preview => ({ ...previews.image, primaryUrl: url, imageUrls: [url], thumbnailUrl: null });
const slidesAt = (...urls: string[]): Preview => ({
  ...previews.slideshow,
  primaryUrl: urls[0] ?? null,
  imageUrls: urls,
  thumbnailUrl: null,
});
const shownIn = (container: Element) =>
  [...container.querySelectorAll<HTMLImageElement | HTMLVideoElement>('[data-part="media"]')].map(({ src }) => src);

describe('another address', () => {
  it.for([
    ['design=one', 'design=two'],
    ['x-oss-process=image/resize,w_100', 'x-oss-process=image/resize,w_200'],
  ])('of an image and of slides is loaded: %s', async ([one, two]) => {
    const file = fileOfItsOwn('slow-coffee.jpg');
    const image = await render(<PreviewPlayer preview={imageAt(file.url(one))} />);
    await expect.poll(() => stateOf(image.container)).toBe('ready');
    await image.rerender(<PreviewPlayer preview={imageAt(file.url(two))} />);
    expect(shownIn(image.container)).toEqual([file.url(two)]);
    await expect.poll(() => image.container.querySelector('img')?.currentSrc).toBe(file.url(two));

    const [first, second] = [file.url(`${one}&slide=1`), file.url(`${one}&slide=2`)];
    const slides = await render(<PreviewPlayer preview={slidesAt(first, second)} />);
    await expect.poll(() => shownIn(slides.container)).toEqual([first, second]);
    await slides.rerender(<PreviewPlayer preview={slidesAt(first, file.url(`${two}&slide=2`))} />);
    await expect.poll(() => shownIn(slides.container)).toEqual([first, file.url(`${two}&slide=2`)]);
  });

  it('of a video and of its poster is loaded', async () => {
    const file = fileOfItsOwn();
    const at = (take: number) => videoAt(file.url(`take=${take}`), { thumbnailUrl: fileOfItsOwn('dawn-run.jpg').url(`take=${take}`) });
    const screen = await render(<PreviewPlayer preview={at(1)} muted autoPlay />);
    await expect.poll(() => stateOf(screen.container)).toBe('playing');
    const second = at(2);
    await screen.rerender(<PreviewPlayer preview={second} muted autoPlay />);
    await expect.poll(() => videoOf(screen.container)?.src).toBe(second.videoUrl);
    expect(screen.container.querySelector<HTMLImageElement>('[data-part="poster"]')?.src).toBe(second.thumbnailUrl);
  });
});

describe('media that another takes the place of while its address is renewed', () => {
  const kinds: [string, string, (url: string) => Preview][] = [
    ['a video', 'dawn-run.mp4', videoAt],
    ['an image', 'slow-coffee.jpg', imageAt],
    ['slides', 'slow-coffee.jpg', (url) => slidesAt(url)],
  ];
  const cases = kinds.flatMap((one) => kinds.map((other) => [`${one[0]}, then ${other[0]}`, one, other] as const));

  it.for(cases)('%s: what comes late is not shown, nor told', async ([, [, name, at], [, otherName, otherAt]]) => {
    const [file, other] = [fileOfItsOwn(name), fileOfItsOwn(otherName)];
    let answer: (preview: Preview) => void = () => {};
    const onRefresh = vi.fn(
      () =>
        new Promise<Preview>((resolve) => {
          answer = resolve;
        }),
    );
    const onError = vi.fn();
    const show = (preview: Preview) => (
      <PreviewPlayer preview={preview} muted autoPlay controls="minimal" onRefresh={onRefresh} onError={onError} />
    );
    const screen = await render(show(at(file.url('', 'status=403&of=a'))));
    await expect.poll(() => onRefresh.mock.calls.length).toBe(1);
    await expect.element(screen.getByText('This link has expired. Loading a new one.')).toBeInTheDocument();
    await screen.rerender(show(otherAt(other.url())));
    expect(screen.getByText('This link has expired. Loading a new one.').query()).toBeNull();
    answer(at(file.url('', 'of=b')));
    await expect.poll(() => stateOf(screen.container)).toMatch(/playing|ready/);
    await frames();
    expect(shownIn(screen.container)).toEqual([other.url()]);
    await screen.rerender(show(otherAt(other.url())));
    expect(shownIn(screen.container)).toEqual([other.url()]);
    expect(onError).not.toHaveBeenCalled();
  });

  it.for(kinds)('%s that cannot be renewed says nothing on the next', async ([, name, at]) => {
    const [file, other] = [fileOfItsOwn(name), fileOfItsOwn(name)];
    let fail: (error: Error) => void = () => {};
    const onRefresh = vi.fn(
      () =>
        new Promise<Preview>((_, reject) => {
          fail = reject;
        }),
    );
    const onError = vi.fn();
    const show = (preview: Preview) => <PreviewPlayer preview={preview} muted autoPlay onRefresh={onRefresh} onError={onError} />;
    const screen = await render(show(at(file.url('', 'status=403'))));
    await expect.poll(() => onRefresh.mock.calls.length).toBe(1);
    await screen.rerender(show(at(other.url())));
    fail(new Error('away'));
    await expect.poll(() => stateOf(screen.container)).toMatch(/playing|ready/);
    await frames();
    expect(onError).not.toHaveBeenCalled();
    expect(screen.getByRole('button', { name: 'Try again' }).query()).toBeNull();
  });
});

it('an image that has loaded is shown large as it is, whatever newer address has come', async () => {
  const file = fileOfItsOwn('city-honey.jpg');
  const screen = await render(<PreviewPlayer preview={imageAt(file.url('', 'a'))} alt="Honey" />);
  await expect.poll(() => stateOf(screen.container)).toBe('ready');
  await screen.rerender(<PreviewPlayer preview={imageAt(file.url('', 'status=403'))} alt="Honey" />);
  await screen.getByRole('button', { name: 'Show large' }).click();
  const large = screen.getByRole('dialog', { name: 'Honey' }).getByRole('img').element() as HTMLImageElement;
  expect(large.src).toBe(file.url('', 'a'));
  await expect.poll(() => large.naturalWidth).toBeGreaterThan(0);
});

it('a link to a kind that cannot be shown sends no referrer, whatever the host says of media', async () => {
  const screen = await render(<PreviewPlayer preview={previews.unknown} referrerPolicy="unsafe-url" />);
  const link = screen.getByRole('link', { name: 'Open file' }).element() as HTMLAnchorElement;
  expect([link.referrerPolicy, [...link.relList]]).toEqual(['', ['noopener', 'noreferrer']]);
});
