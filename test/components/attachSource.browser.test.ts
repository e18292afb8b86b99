import { afterEach, expect, it, vi } from 'vitest';
import { attachSource } from '../../src/components/PreviewPlayer/attachSource.js';
import { stopTime } from '../support/time.js';
import { fileOfItsOwn } from './realMedia.js';

afterEach(() => {
  vi.useRealTimers();
});

/** A video that is to play, and what is told of it. */
function attach(sources: { mp4: string; hls: string | null }) {
  const element = document.createElement('video');
  element.muted = true;
  const told = { attached: vi.fn(), failed: vi.fn(), stopped: vi.fn(), unsupported: vi.fn() };
  const play = () => void element.play().catch(() => {});
  play();
  const detach = attachSource(element, sources, told);
  return { element, told, play, detach };
}

it('tells once that nothing is left to play, also where an error follows a stall', async () => {
  stopTime();
  const file = fileOfItsOwn();
  const { element, told, play, detach } = attach({ mp4: file.url('hold=1'), hls: null });
  play();
  element.dispatchEvent(new Event('stalled'));
  vi.advanceTimersByTime(7_000);
  expect(told.failed).toHaveBeenCalledExactlyOnceWith(file.url('hold=1'), true);
  element.dispatchEvent(new Event('error'));
  element.dispatchEvent(new Event('stalled'));
  vi.advanceTimersByTime(7_000);
  expect(told.failed).toHaveBeenCalledOnce();
  detach();
  await file.release();
});

it('gives the MP4 its own time where the playlist had stalled before', async () => {
  stopTime();
  const file = fileOfItsOwn();
  const { element, told, detach } = attach({ mp4: file.url('hold=1'), hls: fileOfItsOwn('dawn-run/index.m3u8').url('status=404') });
  element.dispatchEvent(new Event('stalled'));
  await expect.poll(() => element.src).toBe(file.url('hold=1'));
  vi.advanceTimersByTime(7_000);
  expect(element.paused).toBe(false);
  expect(told.failed).not.toHaveBeenCalled();
  element.dispatchEvent(new Event('stalled'));
  vi.advanceTimersByTime(7_000);
  expect(told.failed).toHaveBeenCalledOnce();
  detach();
  await file.release();
});
