import '../../src/styles/index.css';
import { type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { PreviewPlayer } from '../../src/components/index.js';
import { frames } from '../support/frames.js';
import { previews } from './support.js';

const undo: (() => void)[] = [];
afterEach(async () => {
  await cleanup();
  for (const each of undo.splice(0)) each();
  vi.restoreAllMocks();
});

/** The styles of the page, for a place that does not inherit them. */
function copyStyles(target: Node) {
  for (const style of document.querySelectorAll('style')) target.appendChild(style.cloneNode(true));
}

function frameOf(allow: string): HTMLElement {
  const frame = Object.assign(document.createElement('iframe'), { allow, width: '400', height: '500' });
  document.body.append(frame);
  undo.push(() => frame.remove());
  const page = frame.contentDocument as Document;
  copyStyles(page.head);
  return page.body;
}

const places: Record<string, () => HTMLElement> = {
  'a frame of the same origin': () => frameOf('fullscreen'),
  'a popup': () => {
    const popup = window.open('', '', 'width=500,height=600') as Window;
    undo.push(() => popup.close());
    copyStyles(popup.document.head);
    return popup.document.body;
  },
  ...Object.fromEntries(
    (['open', 'closed'] as const).map((mode) => [
      `a shadow root that is ${mode}`,
      () => {
        const host = document.createElement('div');
        host.style.inlineSize = '300px';
        document.body.append(host);
        undo.push(() => host.remove());
        const shadow = host.attachShadow({ mode });
        copyStyles(shadow);
        const inside = document.createElement('div');
        shadow.append(inside);
        return inside;
      },
    ]),
  ),
};

async function renderIn(place: HTMLElement, children: ReactNode) {
  const screen = await render(createPortal(<div style={{ inlineSize: 240 }}>{children}</div>, place));
  const find = <Kind extends HTMLElement = HTMLElement>(part: string) => place.querySelector<Kind>(`[data-part="${part}"]`);
  const press = (key: string, target: HTMLElement | null) => {
    const View = place.ownerDocument.defaultView as Window & typeof globalThis;
    const event = new View.KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, composed: true });
    target?.dispatchEvent(event);
    return event;
  };
  const state = () => place.querySelector<HTMLElement>('.layers-PreviewPlayer')?.dataset.state;
  return { screen, find, press, state };
}

/** What fills the screen in the tree of an element, by the browser's own rules, without a screen to fill. */
function simulateFullscreen(place: HTMLElement) {
  const page = place.ownerDocument;
  const View = page.defaultView as Window & typeof globalThis;
  const root = place.getRootNode() as Document | ShadowRoot;
  let full: Element | null = null;
  const become = (next: Element | null) => {
    full = next;
    page.dispatchEvent(new View.Event('fullscreenchange'));
  };
  const host = (root as Partial<ShadowRoot>).host ?? null;
  Object.defineProperty(root, 'fullscreenElement', { configurable: true, get: () => full });
  if (root !== page) Object.defineProperty(page, 'fullscreenElement', { configurable: true, get: () => full && host });
  Object.defineProperty(page, 'fullscreenEnabled', { configurable: true, value: true });
  vi.spyOn(View.Element.prototype, 'requestFullscreen').mockImplementation(async function (this: Element) {
    become(this);
  });
  const exit = vi.spyOn(page, 'exitFullscreen').mockImplementation(async () => become(null));
  undo.push(() => {
    for (const [owner, names] of [
      [root, ['fullscreenElement']],
      [page, ['fullscreenElement', 'fullscreenEnabled']],
    ] as const)
      for (const name of names) Reflect.deleteProperty(owner, name);
  });
  return { exit, full: () => full };
}

describe.each(Object.entries(places))('in %s', (name, open) => {
  it('a video plays, hears its keys, and fills and leaves the screen', async () => {
    const place = open();
    const screenOf = simulateFullscreen(place);
    const { find, press, state } = await renderIn(
      place,
      <PreviewPlayer preview={previews.video} controls="minimal" muted loop alt="Running" />,
    );
    find('play')?.click();
    await expect.poll(state).toBe('playing');
    await expect.poll(() => find('scrub')).not.toBeNull();
    const video = find<HTMLVideoElement>('media') as HTMLVideoElement;
    // Space is the button's own on a button, and pauses on the bar.
    expect(press(' ', find('mute')).defaultPrevented).toBe(false);
    expect(press(' ', find('scrub')).defaultPrevented).toBe(true);
    await expect.poll(state).toBe('paused');
    press('End', find('scrub'));
    await expect.poll(() => video.currentTime).toBeGreaterThan(6);
    find('fullscreen')?.click();
    expect(screenOf.full()).toBe(find('frame'));
    await expect.poll(() => find('fullscreen')?.getAttribute('aria-label')).toBe('Leave full screen');
    find('fullscreen')?.click();
    expect(screenOf.exit).toHaveBeenCalledOnce();
    await expect.poll(() => find('fullscreen')?.getAttribute('aria-label')).toBe('Full screen');
  });

  it('a video that fails gives the focus that was on it to what can be done', async () => {
    const place = open();
    const { find, state } = await renderIn(place, <PreviewPlayer preview={previews.brokenVideo} />);
    find('play')?.focus();
    find('play')?.click();
    await expect.poll(state).toBe('error');
    await expect.poll(() => (place.getRootNode() as Document | ShadowRoot).activeElement?.getAttribute('data-part')).toBe('retry');
  });

  it('slides that go by themselves stand still while the focus is in them', async () => {
    const place = open();
    const { find } = await renderIn(place, <PreviewPlayer preview={previews.slideshow} autoRotate={40} />);
    await expect.poll(() => find('rotation')).not.toBeNull();
    await expect
      .poll(() => {
        // Wherever another test has left the pointer, it isn't over them.
        find('carousel')?.dispatchEvent(new PointerEvent('pointerleave'));
        return find('count')?.textContent;
      })
      .not.toBe('1 / 5');
    find('slides')?.focus({ preventScroll: true });
    await expect.poll(() => find('announcement')?.getAttribute('aria-live')).toBe('polite');
    const standing = find('count')?.textContent;
    await frames(10);
    expect(find('count')?.textContent).toBe(standing);
  });

  it('slides follow their keys', async () => {
    const place = open();
    const { find, press } = await renderIn(place, <PreviewPlayer preview={previews.slideshow} />);
    await expect.poll(() => find('count')?.textContent).toBe('1 / 5');
    press('ArrowRight', find('slides'));
    await expect.poll(() => find('count')?.textContent).toBe('2 / 5');
    press('End', find('slides'));
    await expect.poll(() => find('count')?.textContent).toBe('5 / 5');
    press('Home', find('slides'));
    await expect.poll(() => find('count')?.textContent).toBe('1 / 5');
  });

  // A window that another lies over draws nothing, and so scrolls nothing.
  it.skipIf(name === 'a popup')('slides follow what is scrolled', async () => {
    const place = open();
    const { find } = await renderIn(place, <PreviewPlayer preview={previews.slideshow} />);
    await expect.poll(() => find('count')?.textContent).toBe('1 / 5');
    const row = find('slides') as HTMLElement;
    row.scrollTo({ left: 2 * row.clientWidth, behavior: 'instant' });
    await expect.poll(() => find('count')?.textContent).toBe('3 / 5');
  });

  it('an image is shown large and closed by Escape', async () => {
    const place = open();
    const { find, press } = await renderIn(place, <PreviewPlayer preview={previews.image} alt="Honey" />);
    await expect.poll(() => find('zoom')).not.toBeNull();
    find('zoom')?.click();
    const dialog = find<HTMLDialogElement>('zoomed') as HTMLDialogElement;
    await expect.poll(() => (place.getRootNode() as Document | ShadowRoot).activeElement?.getAttribute('data-part')).toBe('size');
    expect(dialog.matches(':modal')).toBe(true);
    expect(press('Escape', find('size')).defaultPrevented).toBe(true);
    expect(dialog.open).toBe(false);
  });
});

describe('the button that fills the screen', () => {
  it('is not there in a frame that may not', async () => {
    const place = frameOf("fullscreen 'none'");
    expect(place.ownerDocument.fullscreenEnabled).toBe(false);
    const { find, press, state } = await renderIn(place, <PreviewPlayer preview={previews.video} controls="minimal" muted loop />);
    find('play')?.click();
    await expect.poll(state).toBe('playing');
    await expect.poll(() => find('scrub')).not.toBeNull();
    expect(find('fullscreen')).toBeNull();
    // The key is the host's then.
    expect(press('f', find('scrub')).defaultPrevented).toBe(false);
  });

  it('fills it with the frame where the host’s page fills it already, and leaves the host its own', async () => {
    const { exit, full } = simulateFullscreen(document.body);
    await document.documentElement.requestFullscreen();
    const { find, state } = await renderIn(document.body, <PreviewPlayer preview={previews.video} controls="minimal" muted loop />);
    find('play')?.click();
    await expect.poll(state).toBe('playing');
    await expect.poll(() => find('fullscreen')?.getAttribute('aria-label')).toBe('Full screen');
    find('fullscreen')?.click();
    expect(full()).toBe(find('frame'));
    expect(exit).not.toHaveBeenCalled();
  });
});
