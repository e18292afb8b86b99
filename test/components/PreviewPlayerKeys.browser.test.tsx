import '../../src/styles/index.css';
import { type ReactNode, useEffect, useRef } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { userEvent } from 'vitest/browser';
import { ContainerGrid, PreviewPlayer } from '../../src/components/index.js';
import { isPlaying, stateOf, videoOf } from './realMedia.js';
import { containers, previews } from './support.js';

/** A host that hears keys around what it shows: by React, on its own element, and in the document. */
function Host({ heard, children }: { heard: (key: string) => void; children: ReactNode }) {
  const around = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = around.current;
    const page = element?.ownerDocument;
    const hear = ({ key }: KeyboardEvent) => heard(key);
    element?.addEventListener('keydown', hear);
    page?.addEventListener('keydown', hear);
    return () => {
      element?.removeEventListener('keydown', hear);
      page?.removeEventListener('keydown', hear);
    };
  }, [heard]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div ref={around} style={{ inlineSize: 240 }} onKeyDown={({ key }) => heard(key)}>
      {children}
    </div>
  );
}

/** A host's dialog as libraries build it: Escape, heard in the document before everything in it, closes it. */
function HostDialog({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => event.key === 'Escape' && !event.defaultPrevented && onClose();
    document.addEventListener('keydown', press, true);
    return () => document.removeEventListener('keydown', press, true);
  }, [onClose]);
  return <div role="dialog">{children}</div>;
}

function NativeDialog({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} onClose={(event) => event.target === event.currentTarget && onClose()}>
      <div style={{ inlineSize: 240 }}>{children}</div>
    </dialog>
  );
}

describe('keys that did something in a player do nothing around it', () => {
  it('of a video with minimal controls', async () => {
    const heard = vi.fn();
    const screen = await render(
      <Host heard={heard}>
        <PreviewPlayer preview={previews.video} controls="minimal" muted loop />
      </Host>,
    );
    await screen.getByRole('button', { name: 'Play video' }).click();
    await isPlaying(screen.container);
    await expect.element(screen.getByRole('slider', { name: 'Position' })).toBeInTheDocument();
    const full = vi.spyOn(Element.prototype, 'requestFullscreen').mockResolvedValue(undefined);
    (screen.getByRole('slider', { name: 'Position' }).element() as HTMLElement).focus();
    const { volume } = videoOf(screen.container);
    await userEvent.keyboard('k{ArrowRight}{ArrowLeft}{Home}{End}{ArrowDown}m>f ');
    expect(heard).not.toHaveBeenCalled();
    expect(full).toHaveBeenCalledOnce();
    expect(videoOf(screen.container).volume).toBeCloseTo(volume - 0.1);
    full.mockRestore();
    // What means nothing here is the host's.
    await userEvent.keyboard('j{PageDown}');
    expect(heard.mock.calls.map(([key]) => key)).toEqual(['j', 'j', 'j', 'PageDown', 'PageDown', 'PageDown']);
  });

  it('of the browser’s own controls', async () => {
    const heard = vi.fn();
    const screen = await render(
      <Host heard={heard}>
        <PreviewPlayer preview={previews.video} muted loop />
      </Host>,
    );
    await screen.getByRole('button', { name: 'Play video' }).click();
    await isPlaying(screen.container);
    expect(document.activeElement).toBe(videoOf(screen.container));
    await userEvent.keyboard('{ArrowRight}{ArrowDown}{Home} ');
    await expect.poll(() => stateOf(screen.container)).toBe('paused');
    expect(heard).not.toHaveBeenCalled();
    await userEvent.keyboard('j');
    expect(heard).toHaveBeenCalledTimes(3);
  });

  it('of slides', async () => {
    const heard = vi.fn();
    const screen = await render(
      <Host heard={heard}>
        <PreviewPlayer preview={previews.slideshow} />
      </Host>,
    );
    await expect.element(screen.getByRole('button', { name: 'Next slide' })).toBeInTheDocument();
    const pill = () => screen.container.querySelector('[data-part="count"]')?.textContent;
    screen.container.querySelector<HTMLElement>('[data-part="slides"]')?.focus({ preventScroll: true });
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowLeft}');
    await expect.poll(pill).toBe('2 / 5');
    expect(heard).not.toHaveBeenCalled();
    await userEvent.keyboard('x');
    expect(heard).toHaveBeenCalledTimes(3);
  });
});

it('keys that the host has handled do nothing in a player', async () => {
  const take = (event: KeyboardEvent) => event.preventDefault();
  document.addEventListener('keydown', take, true);
  try {
    const video = await render(<PreviewPlayer preview={previews.video} controls="minimal" muted loop autoPlay />);
    await isPlaying(video.container);
    const slider = video.getByRole('slider', { name: 'Position' });
    await expect.element(slider).toBeInTheDocument();
    (slider.element() as HTMLElement).focus();
    const element = videoOf(video.container);
    const sought = vi.fn();
    element.addEventListener('seeking', sought);
    await userEvent.keyboard('km{ArrowRight}>{Home}');
    expect([element.paused, element.muted, element.playbackRate, sought.mock.calls.length]).toEqual([false, true, 1, 0]);
    await cleanup();
    const slides = await render(<PreviewPlayer preview={previews.slideshow} />);
    await expect.element(slides.getByRole('button', { name: 'Next slide' })).toBeInTheDocument();
    slides.container.querySelector<HTMLElement>('[data-part="slides"]')?.focus({ preventScroll: true });
    await userEvent.keyboard('{ArrowRight}');
    expect(slides.container.querySelector('[data-part="count"]')?.textContent).toBe('1 / 5');
  } finally {
    document.removeEventListener('keydown', take, true);
  }
});

describe.each([
  ['a dialog that the host builds', HostDialog],
  ['a native dialog', NativeDialog],
])('the large image in %s', (_, Around) => {
  it.for([
    ['the focus on its button', () => {}],
    ['the focus nowhere', () => (document.activeElement as HTMLElement).blur()],
  ] as const)('closes alone by Escape, with %s', async ([, move]) => {
    const onClose = vi.fn();
    const screen = await render(
      <Around onClose={onClose}>
        <PreviewPlayer preview={previews.image} alt="Honey" />
      </Around>,
    );
    await screen.getByRole('button', { name: 'Show large' }).click();
    const large = screen.getByRole('dialog', { name: 'Honey' });
    await expect.element(large).toBeVisible();
    move();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => document.querySelector<HTMLDialogElement>('[data-part="zoomed"]')?.open).toBe(false);
    expect(onClose).not.toHaveBeenCalled();
    // The next is the host's.
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => onClose.mock.calls.length).toBe(1);
  });
});

it('an item of a grid that keys have moved the focus to shows a glimpse, as where it is pointed at', async () => {
  const rows = ['a', 'b', 'c'].map((id) => ({ ...containers.toApprove, id, preview: previews.video }));
  const screen = await render(
    <div style={{ inlineSize: 700 }}>
      <ContainerGrid containers={rows} aria-label="Library" />
    </div>,
  );
  const videoIn = (id: string) => screen.container.querySelector<HTMLVideoElement>(`[data-id="${id}"] video`);
  await userEvent.tab();
  await userEvent.keyboard('{ArrowRight}');
  expect((document.activeElement as HTMLElement).dataset.id).toBe('b');
  await expect.poll(() => videoIn('b')?.paused).toBe(false);
  expect(videoIn('b')?.muted).toBe(true);
  await userEvent.keyboard('{ArrowRight}');
  await expect.poll(() => videoIn('c')?.paused).toBe(false);
  expect(videoIn('b')).toBeNull();
});
