/** Speeds that the speed button goes through. */
const RATES = [1, 1.5, 2, 0.5];

/** Goes on to the next speed. */
export function nextRate(video: HTMLVideoElement): void {
  video.playbackRate = RATES[(RATES.indexOf(video.playbackRate) + 1) % RATES.length] ?? 1;
}

/** Goes to a time in seconds, within the video. */
export function seekTo(video: HTMLVideoElement, time: number): void {
  const { duration } = video;
  video.currentTime = Math.max(0, Number.isFinite(duration) ? Math.min(duration, time) : time);
}

/** Fills the screen with the frame, so that its controls come along; iPhones can fill it with the video alone. */
export function toggleFullscreen(frame: HTMLElement, video: HTMLVideoElement): void {
  const { webkitEnterFullscreen } = video as { webkitEnterFullscreen?: () => void };
  if (document.fullscreenElement) void document.exitFullscreen();
  else if (frame.requestFullscreen) frame.requestFullscreen().catch(() => {});
  else webkitEnterFullscreen?.call(video);
}
