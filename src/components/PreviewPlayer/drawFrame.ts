/** The longer side of a kept frame, in pixels: as large as it is shown in a list. */
const LONGEST = 640;

/** Draws what a video shows now, also of another origin. Returns whether there was something to draw. */
export function drawFrame(video: HTMLVideoElement, canvas: HTMLCanvasElement | null): boolean {
  const { videoWidth, videoHeight } = video;
  if (!canvas || videoWidth === 0 || videoHeight === 0) return false;
  const scale = Math.min(1, LONGEST / Math.max(videoWidth, videoHeight));
  canvas.width = Math.round(videoWidth * scale);
  canvas.height = Math.round(videoHeight * scale);
  try {
    const context = canvas.getContext('2d');
    context?.drawImage(video, 0, 0, canvas.width, canvas.height);
    return context !== null;
  } catch {
    return false;
  }
}
