/** Plays HLS through hls.js; `null` where it is not installed or cannot work here. */
export async function startHls(
  element: HTMLVideoElement,
  url: string,
  isGone: () => boolean,
  fatal: (isUnsupported: boolean) => void,
): Promise<(() => void) | null> {
  try {
    // Inside `try`, bundlers take a missing hls.js for what it is: an optional peer.
    const { default: Hls } = await import('hls.js');
    if (isGone() || !Hls.isSupported()) return null;
    const once = {
      maxTimeToFirstByteMs: 10_000,
      maxLoadTimeMs: 20_000,
      timeoutRetry: null,
      errorRetry: { maxNumRetry: 1, retryDelayMs: 500, maxRetryDelayMs: 500 },
    };
    const policy = { default: once };
    const player = new Hls({
      // Seconds and bytes that one video may hold: many on a page must not add up to gigabytes.
      maxBufferLength: 10,
      maxMaxBufferLength: 20,
      maxBufferSize: 12_000_000,
      backBufferLength: 10,
      // A worker would be made from a blob:, which a strict Content-Security-Policy refuses.
      enableWorker: false,
      manifestLoadPolicy: policy,
      playlistLoadPolicy: policy,
      fragLoadPolicy: policy,
    });
    const { MANIFEST_INCOMPATIBLE_CODECS_ERROR, BUFFER_INCOMPATIBLE_CODECS_ERROR, BUFFER_ADD_CODEC_ERROR } = Hls.ErrorDetails;
    const unsupported: string[] = [MANIFEST_INCOMPATIBLE_CODECS_ERROR, BUFFER_INCOMPATIBLE_CODECS_ERROR, BUFFER_ADD_CODEC_ERROR];
    player.on(Hls.Events.ERROR, (_, { fatal: isFatal, details }) => {
      if (isFatal) fatal(unsupported.includes(details));
    });
    player.loadSource(url);
    player.attachMedia(element);
    return () => player.destroy();
  } catch {
    return null;
  }
}
