import { attempt } from '../../internal/attempt.js';
import { fullscreenIn } from '../../internal/dom.js';
import { leaveFullscreen } from './leaveScreens.js';

/** Speeds that the speed button goes through. */
const RATES = [1, 1.5, 2, 0.5];

/** Goes on to the next speed. */
export function nextRate(video: HTMLVideoElement): void {
  video.playbackRate = RATES[(RATES.indexOf(video.playbackRate) + 1) % RATES.length] ?? 1;
}

/** How far short of a video's length what can be moved in may end, in seconds: containers and their tracks differ by a little. */
const NEAR_SECONDS = 1;

/**
 * How long a video is that can be moved in, in seconds; 0: it can't, because its length isn't known (a live stream, a WebM without one) or its server sends it
 * from the beginning alone. Firefox says of such a one that it can be moved in as far as it has come.
 */
export function seekableLength({ duration, seekable }: HTMLVideoElement): number {
  if (!Number.isFinite(duration) || seekable.length === 0) return 0;
  const end = seekable.end(seekable.length - 1);
  return end > seekable.start(0) && duration - end < NEAR_SECONDS ? duration : 0;
}

/** Goes to a time in seconds, within a video that can be moved in. */
export function seekTo(video: HTMLVideoElement, time: number): void {
  const length = seekableLength(video);
  if (length > 0) video.currentTime = Math.min(length, Math.max(0, time));
}

/** Fills the screen with the frame, so that its controls come along; iPhones can fill it with the video alone. */
export function toggleFullscreen(frame: HTMLElement, video: HTMLVideoElement): void {
  const { webkitEnterFullscreen } = video as { webkitEnterFullscreen?: () => void };
  // What else fills the screen, as the host's whole page, stays. Some browsers return nothing, some throw.
  if (fullscreenIn(frame) === frame) leaveFullscreen(frame);
  else if (frame.ownerDocument.fullscreenEnabled) void attempt(() => frame.requestFullscreen())?.catch(() => {});
  else webkitEnterFullscreen?.call(video);
}

/** Whether there is a way to fill the screen: not in a frame of another origin that isn't allowed to. */
export function canFillScreen(video: HTMLVideoElement): boolean {
  return video.ownerDocument.fullscreenEnabled || (video as { webkitSupportsFullscreen?: boolean }).webkitSupportsFullscreen === true;
}
