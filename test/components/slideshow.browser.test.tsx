import '../../src/styles/index.css';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { cdp, server, userEvent } from 'vitest/browser';
import { PreviewPlayer } from '../../src/components/index.js';
import { frames } from '../support/frames.js';
import { hidePage, showPage } from '../support/page.js';
import { pass, stopTime } from '../support/time.js';
import { previews } from './support.js';

afterEach(async () => {
  await cleanup();
  showPage();
  vi.useRealTimers();
});

async function renderSlideshow(direction: 'ltr' | 'rtl' = 'ltr') {
  const screen = await render(
    <div dir={direction} style={{ inlineSize: 200 }}>
      <PreviewPlayer preview={previews.slideshow} alt="Plants" />
    </div>,
  );
  await expect.element(screen.getByRole('button', { name: 'Next slide' })).toBeInTheDocument();
  const row = screen.container.querySelector('[data-part="slides"]') as HTMLElement;
  return {
    screen,
    row,
    pill: () => screen.container.querySelector('[data-part="count"]')?.textContent,
    /** The slide that a person sees, by where it is on the screen. */
    inView: () => {
      const left = row.getBoundingClientRect().left;
      return [...row.children].findIndex((slide) => Math.abs(slide.getBoundingClientRect().left - left) < 2);
    },
  };
}

/** A slideshow that goes by itself, with the pointer elsewhere, while time stands still. */
async function renderRotating(everyMs: number) {
  stopTime();
  const show = (autoRotate: number | boolean) => (
    <div style={{ inlineSize: 200 }}>
      <PreviewPlayer preview={previews.slideshow} autoRotate={autoRotate} />
      <button type="button">Elsewhere</button>
    </div>
  );
  const screen = await render(show(everyMs));
  await screen.getByRole('button', { name: 'Elsewhere' }).hover();
  await expect.element(screen.getByRole('button', { name: 'Stop slides' })).toBeInTheDocument();
  return {
    screen,
    stop: () => screen.rerender(show(false)),
    pill: () => screen.container.querySelector('[data-part="count"]')?.textContent,
  };
}

describe('a slideshow', () => {
  it('is a carousel of named slides', async () => {
    const { screen } = await renderSlideshow();
    const carousel = screen.getByRole('group', { name: 'Plants' }).first().element();
    expect(carousel.getAttribute('aria-roledescription')).toBe('carousel');
    const slides = screen.container.querySelectorAll('[aria-roledescription="slide"]');
    expect([...slides].map((slide) => slide.getAttribute('aria-label'))).toEqual(['1 of 5', '2 of 5', '3 of 5', '4 of 5', '5 of 5']);
  });

  it.each([
    { how: 'has none', observer: undefined },
    {
      how: 'whose observer throws',
      observer: class {
        constructor() {
          throw new TypeError('Illegal constructor');
        }
      },
    },
  ])('goes by its buttons in a browser that tells nothing of what is in view: $how', async ({ observer }) => {
    vi.stubGlobal('IntersectionObserver', observer);
    try {
      const { screen, pill, inView } = await renderSlideshow();
      expect(pill()).toBe('1 / 5');
      await screen.getByRole('button', { name: 'Next slide' }).click();
      await expect.poll(inView).toBe(1);
      expect(pill()).toBe('2 / 5');
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('loads a slide and its neighbours only', async () => {
    const { screen, pill } = await renderSlideshow();
    const loaded = () => [...screen.container.querySelectorAll('[data-part="slide"]')].map((slide) => slide.querySelector('img') !== null);
    expect(loaded()).toEqual([true, true, false, false, false]);
    await screen.getByRole('button', { name: 'Show slide 4 of 5' }).click();
    await expect.poll(pill).toBe('4 / 5');
    expect(loaded()).toEqual([true, false, true, true, true]);
  });

  it('goes by arrows and says where it is', async () => {
    const { screen, pill, inView } = await renderSlideshow();
    const next = screen.getByRole('button', { name: 'Next slide' });
    expect(screen.getByRole('button', { name: 'Previous slide' }).element().ariaDisabled).toBe('true');
    await next.click();
    await expect.poll(inView).toBe(1);
    expect(pill()).toBe('2 / 5');
    await expect.element(screen.getByRole('status')).toHaveTextContent('2 of 5');
    expect(screen.getByRole('button', { name: 'Previous slide' }).element().ariaDisabled).toBe('false');
  });

  it('counts every one of quick clicks', async () => {
    const { screen, pill, inView } = await renderSlideshow();
    const next = screen.getByRole('button', { name: 'Next slide' }).element() as HTMLElement;
    for (let click = 0; click < 6; click += 1) {
      next.click();
      await frames(1);
    }
    await expect.poll(inView).toBe(4);
    expect(pill()).toBe('5 / 5');
    expect(next.ariaDisabled).toBe('true');
  });

  it('goes by dots', async () => {
    const { screen, inView } = await renderSlideshow();
    await screen.getByRole('button', { name: 'Show slide 5 of 5' }).click();
    await expect.poll(inView).toBe(4);
    expect(screen.container.querySelector('[data-part="dot"][aria-current="true"]')?.ariaLabel).toBe('Show slide 5 of 5');
  });

  it('goes by keys', async () => {
    const { row, pill, inView } = await renderSlideshow();
    row.focus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    await expect.poll(inView).toBe(2);
    await userEvent.keyboard('{ArrowLeft}');
    await expect.poll(inView).toBe(1);
    await userEvent.keyboard('{End}');
    await expect.poll(inView).toBe(4);
    await userEvent.keyboard('{Home}');
    await expect.poll(inView).toBe(0);
    expect(pill()).toBe('1 / 5');
  });

  it('follows a person who scrolls', async () => {
    const { row, pill } = await renderSlideshow();
    row.dispatchEvent(new WheelEvent('wheel', { bubbles: true }));
    row.scrollTo({ left: 3 * row.clientWidth, behavior: 'instant' });
    await expect.poll(pill).toBe('4 / 5');
  });

  it('goes the other way in a page that is written from the right', async () => {
    const { screen, row, pill, inView } = await renderSlideshow('rtl');
    row.focus();
    await userEvent.keyboard('{ArrowLeft}');
    await expect.poll(inView).toBe(1);
    await screen.getByRole('button', { name: 'Next slide' }).click();
    await expect.poll(inView).toBe(2);
    expect(row.scrollLeft).toBeLessThan(0);
    expect(pill()).toBe('3 / 5');
    const [next, previous] = ['Next slide', 'Previous slide'].map((name) =>
      screen.getByRole('button', { name }).element().getBoundingClientRect(),
    );
    expect(next?.left).toBeLessThan(previous?.left ?? 0);
  });

  it('is one picture without arrows where there is one', async () => {
    const screen = await render(<PreviewPlayer preview={{ ...previews.slideshow, imageUrls: previews.slideshow.imageUrls.slice(0, 1) }} />);
    expect(screen.container.querySelectorAll('img')).toHaveLength(1);
    expect(screen.container.querySelector('button')).toBeNull();
  });

  it('shows the hero where the slides are missing', async () => {
    const screen = await render(<PreviewPlayer preview={{ ...previews.slideshow, imageUrls: [] }} />);
    expect(screen.container.querySelector('img')?.src).toBe(previews.slideshow.primaryUrl);
  });

  it('goes by itself only when asked, and waits for who looks closer', async () => {
    const { screen, pill } = await renderRotating(5_000);
    await pass(4_000);
    expect(pill()).toBe('1 / 5');
    await pass(1_500);
    expect(pill()).toBe('2 / 5');
    const row = screen.container.querySelector('[data-part="slides"]') as HTMLElement;
    const stands = async () => {
      const before = pill();
      await pass(6_000);
      return pill() === before;
    };
    row.focus({ preventScroll: true });
    expect(await stands()).toBe(true);
    row.blur();
    expect(await stands()).toBe(false);
    (screen.getByRole('button', { name: 'Stop slides' }).element() as HTMLElement).click();
    expect(await stands()).toBe(true);
    await expect.element(screen.getByRole('button', { name: 'Start slides' })).toBeVisible();
  });

  it('is told to a screen reader again once the host has it stand still', async () => {
    const { screen, stop } = await renderRotating(5_000);
    const announcement = () => screen.container.querySelector('[data-part="announcement"]')?.ariaLive;
    await expect.poll(announcement).toBe('off');
    await stop();
    expect(announcement()).toBe('polite');
  });

  it('stays where it is for as long as a browser can count', async () => {
    const { pill } = await renderRotating(Number.POSITIVE_INFINITY);
    await pass(10_000);
    expect(pill()).toBe('1 / 5');
  });

  it('stands still on a hidden page, and goes on when it is back', async () => {
    const { pill } = await renderRotating(5_000);
    await pass(5_500);
    expect(pill()).toBe('2 / 5');
    hidePage();
    await pass(60_000);
    expect(pill()).toBe('2 / 5');
    showPage();
    await pass(5_500);
    expect(pill()).toBe('3 / 5');
  });

  it.skipIf(server.browser !== 'chromium')('does not go by itself for who asked for less motion', async () => {
    const prefer = (value: string) => cdp().send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-reduced-motion', value }] });
    await prefer('reduce');
    try {
      const { pill } = await renderRotating(5_000);
      await pass(60_000);
      expect(pill()).toBe('1 / 5');
      await prefer('no-preference');
      // The browser passes the change on in its own time.
      await expect
        .poll(async () => {
          await pass(5_500);
          return pill();
        })
        .not.toBe('1 / 5');
    } finally {
      await prefer('');
    }
  });
});
