import '../../src/styles/index.css';
import { act, type ReactElement, StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createLibrary } from '../../stories/support/library.js';
import { progress } from '../../stories/support/progress.js';
import { ContainerCard, ContainerGrid, PreviewPlayer, ProgressBar } from '../../src/components/index.js';
import type { Preview } from '../../src/model/preview.js';
import { fileOfItsOwn } from './realMedia.js';
import { containers, previews } from './support.js';

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

async function hydrate(page: ReactElement) {
  const host = document.createElement('div');
  host.innerHTML = renderToString(page);
  document.body.append(host);
  const before = host.firstElementChild;
  const complaints: unknown[] = [];
  vi.spyOn(console, 'error').mockImplementation((...words) => complaints.push(words));
  const root = await act(async () => hydrateRoot(host, page, { onRecoverableError: (error) => complaints.push(error) }));
  return { host, before, complaints, leave: () => act(async () => root.unmount()) };
}

it.for([
  ['a bar', <ProgressBar key="1" progress={progress.running} />],
  ['a video', <PreviewPlayer key="2" preview={previews.video} muted />],
  ['a video without a poster', <PreviewPlayer key="3" preview={previews.videoWithoutPoster} />],
  ['a slideshow', <PreviewPlayer key="4" preview={previews.slideshow} />],
  ['an image', <PreviewPlayer key="5" preview={previews.image} />],
  ['a card', <ContainerCard key="6" container={containers.toApprove} />],
  ['a grid of many', <ContainerGrid key="8" containers={createLibrary(100, previews)} newCount={3} hasNextPage />],
  ['a card in flight', <ContainerCard key="7" container={containers.processing} progress={progress.running} />],
] as const)('takes over the server HTML of %s without a complaint', async ([, page]) => {
  const { host, before, complaints, leave } = await hydrate(page);
  expect(complaints).toEqual([]);
  expect(host.firstElementChild).toBe(before);
  await leave();
});

it('puts the fill where the progress is without sliding there', async () => {
  const { host, leave } = await hydrate(<ProgressBar progress={progress.running} />);
  const fill = host.querySelector('[data-part="fill"]') as HTMLElement;
  expect(new DOMMatrix(getComputedStyle(fill).transform).a).toBeCloseTo(0.42, 5);
  await leave();
});

it('knows that an image has loaded before there was a script to hear it', async () => {
  const page = <PreviewPlayer preview={previews.squareImage} />;
  const host = document.createElement('div');
  host.innerHTML = renderToString(page);
  document.body.append(host);
  await expect.poll(() => host.querySelector('img')?.complete && host.querySelector('img')?.naturalWidth).toBeGreaterThan(0);
  const root = await act(async () => hydrateRoot(host, page));
  expect((host.firstElementChild as HTMLElement).dataset.state).toBe('ready');
  await act(async () => root.unmount());
});

it.for([
  ['a poster', (url: string): Preview => ({ ...previews.video, thumbnailUrl: url })],
  ['an image', (url: string): Preview => ({ ...previews.image, primaryUrl: url, imageUrls: [url] })],
] as const)('gets a new address for %s that had failed before there was a script to hear it', async ([, at]) => {
  const file = fileOfItsOwn('dawn-run.jpg');
  let answer: (preview: Preview) => void = () => {};
  const onRefresh = vi.fn(
    () =>
      new Promise<Preview>((resolve) => {
        answer = resolve;
      }),
  );
  const page = (
    <StrictMode>
      <PreviewPlayer preview={at(file.url('', 'status=403'))} onRefresh={onRefresh} />
    </StrictMode>
  );
  const host = document.createElement('div');
  host.innerHTML = renderToString(page);
  document.body.append(host);
  await expect.poll(() => host.querySelector('img')?.complete && host.querySelector('img')?.currentSrc).toBeTruthy();
  const root = await act(async () => hydrateRoot(host, page));
  expect(onRefresh).toHaveBeenCalledOnce();
  await act(async () => answer(at(file.url('', 'fresh'))));
  await expect.poll(() => host.querySelector('img')?.src).toBe(file.url('', 'fresh'));
  await expect.poll(() => host.querySelector('img')?.naturalWidth).toBeGreaterThan(0);
  expect(host.querySelector('[data-part="problem"]')).toBeNull();
  await act(async () => root.unmount());
});
