import '../../src/styles/index.css';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { userEvent } from 'vitest/browser';
import { ContainerCard, PreviewPlayer } from '../../src/components/index.js';
import { containers, previews } from './support.js';
import { isPlaying, stateOf, videoOf } from './realMedia.js';
import { pass, stopTime } from '../support/time.js';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const partOf = (container: Element, part: string) => container.querySelector(`[data-part="${part}"]`) as HTMLElement;
const corner = { position: { x: 20, y: 30 } };

describe('a tap anywhere on the picture', () => {
  it.each(['native', 'minimal', 'none'] as const)('plays a video with the controls %s', async (controls) => {
    const screen = await render(
      <div style={{ inlineSize: 270 }}>
        <PreviewPlayer preview={previews.video} controls={controls} muted loop />
      </div>,
    );
    await userEvent.click(partOf(screen.container, 'frame'), corner);
    await isPlaying(screen.container);
    expect(videoOf(screen.container).paused).toBe(false);
  });

  it('starts what a card shows of it on hover, with its sound', async () => {
    const onOpen = vi.fn();
    const screen = await render(
      <div style={{ inlineSize: 270 }}>
        <ContainerCard container={{ ...containers.ready, preview: previews.video }} onOpen={onOpen} />
      </div>,
    );
    const frame = partOf(screen.container, 'frame');
    await userEvent.hover(frame, corner);
    await expect.poll(() => videoOf(screen.container)?.paused).toBe(false);
    expect(videoOf(screen.container).muted).toBe(true);
    await userEvent.click(frame, corner);
    await isPlaying(screen.container);
    expect(videoOf(screen.container).muted).toBe(false);
    expect(onOpen).not.toHaveBeenCalled();
  });
});

describe('what lies on a playing picture', () => {
  it.each(['minimal', 'none'] as const)('goes while the pointer rests on it, and comes back when it moves: %s', async (controls) => {
    const screen = await render(
      <div style={{ inlineSize: 270 }}>
        <PreviewPlayer preview={previews.video} controls={controls} muted loop />
      </div>,
    );
    stopTime();
    const frame = partOf(screen.container, 'frame');
    await userEvent.click(frame, corner);
    await isPlaying(screen.container);
    const button = partOf(screen.container, 'play');
    expect(frame.matches('[data-idle]')).toBe(false);
    await pass(2500);
    await expect.poll(() => getComputedStyle(button).opacity).toBe('0');
    expect(getComputedStyle(button).cursor).toBe('none');
    await userEvent.hover(frame, { position: { x: 90, y: 120 } });
    await expect.poll(() => getComputedStyle(button).opacity).toBe('1');
    expect(getComputedStyle(button).cursor).toBe('pointer');
    expect(stateOf(screen.container)).toBe('playing');
  });

  it('stays while the focus came to it by the keyboard', async () => {
    const screen = await render(<PreviewPlayer preview={previews.video} controls="minimal" muted loop />);
    stopTime();
    await userEvent.tab();
    await userEvent.keyboard('{Enter}');
    await isPlaying(screen.container);
    await expect.element(screen.getByRole('slider')).toBeInTheDocument();
    await pass(6000);
    expect(partOf(screen.container, 'frame').matches('[data-idle]')).toBe(true);
    expect(getComputedStyle(partOf(screen.container, 'controls')).opacity).toBe('1');
  });
});

it('a video that somebody points at is not loaded where they asked to save data', async () => {
  const match = window.matchMedia.bind(window);
  let asksAlready = 0;
  vi.spyOn(window, 'matchMedia').mockImplementation((query) => {
    if (!query.includes('reduced-data')) return match(query);
    asksAlready += 1;
    // A query that any page matches.
    return match('all');
  });
  const screen = await render(<PreviewPlayer preview={previews.video} playOnHover />);
  stopTime();
  await userEvent.hover(partOf(screen.container, 'frame'));
  await expect.poll(() => asksAlready).toBeGreaterThan(0);
  await pass(1000);
  expect(videoOf(screen.container)).toBeNull();
});
