'use client';
import type { ImagePreview } from '../../model/preview.js';
import { safeImageUrl } from '../../model/url.js';
import { usePlayerMessages } from '../../provider/MessagesContext.js';
import { LoadedImage } from './LoadedImage.js';
import type { MediaLife } from './useMediaPhase.js';

interface ImageMediaProps {
  preview: ImagePreview;
  alt: string | undefined;
  life: MediaLife;
}

/** One image. */
export function ImageMedia({ preview, alt, life }: ImageMediaProps) {
  const { messages } = usePlayerMessages();
  const url = safeImageUrl(preview.primaryUrl) ?? safeImageUrl(preview.imageUrls[0]) ?? safeImageUrl(preview.thumbnailUrl);
  return (
    <div data-part="frame">
      {url && <LoadedImage url={url} alt={alt ?? messages.image} isRetry={life.attempt > 0} onPhase={life.report} onRetry={life.retry} />}
    </div>
  );
}
