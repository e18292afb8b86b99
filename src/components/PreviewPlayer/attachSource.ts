import type { VideoSources } from './mediaFile.js';

/** How long nothing may come of what should play, after the browser has noticed that nothing does, in milliseconds. */
const STALL_MS = 7000;

/** How browsers say that they know the file and not its codec; they do so with the same code for what isn't there. */
const UNSUPPORTED = /no_supported_streams|not_supported|no decoders/i;

interface AttachOptions {
  /** Called once the element has a source to play. */
  attached: () => void;
  /** Called when nothing is left to play it from, with the address that failed last and whether it played until then. */
  failed: (url: string | null, wasPlaying: boolean) => void;
  /** Called when something else had it load again, or another source, which stops it without an event of its own. */
  stopped: () => void;
  /** Called when the file is there, and this browser can't show its picture. */
  unsupported: (url: string | null) => void;
}

/**
 * Gives a `<video>` its source: HLS where there is one and this page can play it, else MP4, also when HLS breaks midway. Returns what takes it away.
 */
export function attachSource(
  element: HTMLVideoElement,
  { mp4, hls }: VideoSources,
  { attached, failed, stopped, unsupported }: AttachOptions,
): () => void {
  let endHls: (() => void) | undefined;
  let isGone = false;
  /** Nothing is left to play it from, and that has been told: an `error` may come after a stall. */
  let isOver = false;
  let current: string | null = null;
  let isAttached = false;
  let isPlaying = false;
  let stall: ReturnType<typeof setTimeout> | undefined;
  const listeners = {
    play: () => {
      isPlaying = true;
    },
    // Chromium pauses what fails, before it says that it failed.
    pause: () => {
      if (!element.error) isPlaying = false;
    },
    error: () => fall(),
    // What is loaded here is played at once, where it is to play.
    emptied: () => {
      if (!isAttached || !element.paused || element.error) return;
      isPlaying = false;
      stopped();
    },
    // It would play its sound alone. A playlist may be of nothing else.
    loadeddata: () => {
      // In browsers that list the tracks: a file with sound alone has no picture to show.
      const { videoTracks } = element as { videoTracks?: { length: number } };
      if (current !== null && current === mp4 && element.videoWidth === 0 && videoTracks?.length !== 0) unsupported(current);
    },
    // WebKit tells of a connection that broke midway by this alone, and waits for ever.
    stalled: () => {
      clearTimeout(stall);
      stall = setTimeout(() => element.readyState < 3 && !element.paused && fall(), STALL_MS);
    },
    progress: () => clearTimeout(stall),
  };

  const load = (url: string) => {
    clearTimeout(stall);
    current = url;
    element.src = url;
    isAttached = true;
    attached();
  };
  const fall = (isUnsupported = UNSUPPORTED.test(element.error?.message ?? '')) => {
    if (isGone || isOver) return;
    const { currentTime, playbackRate } = element;
    // WebKit tells of its beginning only later, and Chromium has paused what fails.
    const wasPlaying = isPlaying || !element.paused;
    endHls?.();
    endHls = undefined;
    if (mp4 === null || current === mp4) {
      isOver = true;
      clearTimeout(stall);
      if (isUnsupported) unsupported(current);
      else failed(current, wasPlaying);
      return;
    }
    load(mp4);
    // Another source begins at its own speed.
    element.playbackRate = playbackRate;
    if (currentTime > 0) seekWhenReady(element, currentTime);
    if (wasPlaying) playQuietly(element);
  };

  for (const [event, listener] of Object.entries(listeners)) element.addEventListener(event, listener);
  if (hls === null) load(mp4 ?? '');
  else if (element.canPlayType('application/vnd.apple.mpegurl') && 'ManagedMediaSource' in window) load(hls);
  else {
    current = hls;
    void startHls(element, hls, () => isGone, fall).then((end) => {
      if (isGone) end?.();
      // The browser may still know a way that we do not.
      else if (!end) load(mp4 ?? hls);
      else {
        endHls = end;
        isAttached = true;
        attached();
      }
    });
  }
  return () => {
    isGone = true;
    clearTimeout(stall);
    for (const [event, listener] of Object.entries(listeners)) element.removeEventListener(event, listener);
    endHls?.();
    element.pause();
    element.removeAttribute('src');
    element.load();
  };
}

/** Plays, where the browser lets it: `play()` can reject, throw, or return nothing (jsdom). */
export function playQuietly(element: HTMLVideoElement, refused: (error: unknown) => void = () => {}): void {
  void (async () => element.play())().catch(refused);
}

/** Goes to a time in seconds, at once or as soon as the length is known. */
export function seekWhenReady(element: HTMLVideoElement, time: number): void {
  const seek = () => {
    element.currentTime = time;
  };
  if (element.readyState > 0) seek();
  else element.addEventListener('loadedmetadata', seek, { once: true });
}

/** hls.js, by the part that knows how; `null` where it is not installed or cannot work. It must not even be loaded where it cannot. */
async function startHls(...how: Parameters<typeof import('./startHls.js').startHls>): Promise<(() => void) | null> {
  if (!('MediaSource' in window) && !('ManagedMediaSource' in window)) return null;
  try {
    return await (await import('./startHls.js')).startHls(...how);
  } catch {
    return null;
  }
}
