'use client';
import type { SlideshowPreview } from '../../model/preview.js';
import { safeImageUrl } from '../../model/url.js';
import { useWords } from '../../provider/MessagesContext.js';
import { Frame, type MediaProps } from './Frame.js';
import { playerWords } from './words.js';

/** With more slides than this, dots are too small to hit and too many to tab through: the pill says where one is. */
const MOST_DOTS = 12;

/** The safe addresses of a slideshow's slides; its hero where there are none. */
export function slidesOf({ imageUrls, primaryUrl, thumbnailUrl }: SlideshowPreview): string[] {
  const safe = imageUrls.map(safeImageUrl).filter((url) => url !== null);
  const hero = safeImageUrl(primaryUrl) ?? safeImageUrl(thumbnailUrl);
  return safe.length > 0 || hero === null ? safe : [hero];
}

/** Whether a slideshow has dots below it. */
export const hasDots = (count: number) => count > 1 && count <= MOST_DOTS;

/** What a server draws of a slideshow, and a browser until the rest is there: its first slide, in the room that all of it takes. */
export function FirstSlide({ preview, settings, ratio }: MediaProps<SlideshowPreview>) {
  const { messages } = useWords(playerWords);
  const urls = slidesOf(preview);
  return (
    <div data-part="carousel">
      <Frame ratio={ratio}>
        <img
          data-part="media"
          {...settings.fetching}
          src={urls[0]}
          alt={settings.alt ?? messages.slideshow}
          loading="lazy"
          decoding="async"
        />
      </Frame>
      {hasDots(urls.length) && <div data-part="dots" />}
    </div>
  );
}
