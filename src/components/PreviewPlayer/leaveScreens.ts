import { attempt } from '../../internal/attempt.js';
import { fullscreenIn, picturedIn } from '../../internal/dom.js';

/** Leaves the full screen that something in an element, or it, fills. */
export function leaveFullscreen(element: Element): void {
  const full = fullscreenIn(element);
  if (full && element.contains(full)) void attempt(() => element.ownerDocument.exitFullscreen())?.catch(() => {});
}

/** Closes the window of its own that a video is shown in, also once it has left the page: that window would stay, and stay empty. */
export function leavePicture(video: HTMLVideoElement): void {
  const page = video.ownerDocument;
  if ((picturedIn(video) ?? page.pictureInPictureElement) === video) void attempt(() => page.exitPictureInPicture())?.catch(() => {});
}
