import { attempt } from '../../internal/attempt.js';
import { fullscreenIn, picturedIn } from '../../internal/dom.js';

/** Leaves the full screen that something in an element, or it, fills. */
export function leaveFullscreen(element: Element): void {
  const full = fullscreenIn(element);
  if (full && element.contains(full)) void attempt(() => element.ownerDocument.exitFullscreen())?.catch(() => {});
}

/** Leaves the full screen, and the window of its own, that something in an element is shown in. */
export function leaveScreens(element: Element): void {
  leaveFullscreen(element);
  const pictured = picturedIn(element);
  // A window whose video has lost its source would stay, and stay empty.
  if (pictured && element.contains(pictured)) void attempt(() => element.ownerDocument.exitPictureInPicture())?.catch(() => {});
}
