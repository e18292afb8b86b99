'use client';
import type { ImagePreview } from '../../model/preview.js';
import { safeImageUrl, safeUrl } from '../../model/url.js';
import { useWords } from '../../provider/MessagesContext.js';
import { OutIcon } from '../icons.js';
import { Frame, type MediaProps } from './Frame.js';
import { lazyPart } from './lazyPart.js';
import { LoadedImage } from './LoadedImage.js';
import { playerWords } from './words.js';

const Zoom = /* @__PURE__ */ lazyPart(async () => (await import('./Zoom.js')).Zoom, { instead: ZoomLink });

/** One image, and on demand the same as large as the screen allows. */
export function ImageMedia({ preview, life, settings, ratio }: MediaProps<ImagePreview>) {
  const { messages } = useWords(playerWords);
  const url = safeImageUrl(preview.primaryUrl) ?? safeImageUrl(preview.imageUrls[0]) ?? safeImageUrl(preview.thumbnailUrl);
  const alt = settings.alt ?? messages.image;
  return (
    <Frame ratio={ratio}>
      {url && (
        <LoadedImage url={url} alt={alt} settings={settings} isRetry={life.attempt > 0} life={life}>
          {/* A newer address may have run out by the time somebody wants it large: this one has loaded. */}
          {(shown) => settings.zoom && life.phase === 'ready' && <Zoom url={shown} alt={alt || messages.image} settings={settings} />}
        </LoadedImage>
      )}
    </Frame>
  );
}

/** The image by itself, where what shows it large can't be fetched. */
function ZoomLink({ url }: { url: string }) {
  const { messages } = useWords(playerWords);
  const href = safeUrl(url);
  return (
    href && (
      <a data-part="zoom" href={href} target="_blank" rel="noopener noreferrer" aria-label={messages.openFile}>
        <OutIcon />
      </a>
    )
  );
}
