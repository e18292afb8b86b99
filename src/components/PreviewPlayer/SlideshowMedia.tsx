'use client';
import type { SlideshowPreview } from '../../model/preview.js';
import { safeImageUrl } from '../../model/url.js';
import { usePlayerMessages } from '../../provider/MessagesContext.js';
import { ChevronIcon } from '../icons.js';
import { LoadedImage } from './LoadedImage.js';
import type { MediaLife } from './useMediaPhase.js';
import { useSlides } from './useSlides.js';

/** With more slides than this, dots are too small to hit and too many to tab through: the pill says where one is. */
const MOST_DOTS = 12;

interface SlideshowMediaProps {
  preview: SlideshowPreview;
  alt: string | undefined;
  life: MediaLife;
}

/** Slides in a row that the browser scrolls and snaps; arrows, dots and keys move it. */
export function SlideshowMedia({ preview, alt, life }: SlideshowMediaProps) {
  const { locale, messages } = usePlayerMessages();
  const safe = preview.imageUrls.map(safeImageUrl).filter((url) => url !== null);
  const hero = safeImageUrl(preview.primaryUrl) ?? safeImageUrl(preview.thumbnailUrl);
  const urls = safe.length > 0 || hero === null ? safe : [hero];
  const count = urls.length;
  const { scroller, index, isNear, goTo, onKeyDown, onGrab } = useSlides(count);
  const name = alt ?? messages.slideshow;
  const positionOf = (slide: number) => messages.slidePosition(slide + 1, count, locale);

  const slides = urls.map((url, slide) => (
    // The same picture may come twice: its place is what tells slides apart, and a changed list is a new slideshow.
    // oxlint-disable-next-line react/no-array-index-key
    <div key={slide} data-part="slide" role="group" aria-roledescription={messages.slide} aria-label={positionOf(slide)}>
      {isNear(slide) && (
        <LoadedImage
          url={url}
          alt={alt === undefined ? messages.image : alt}
          onPhase={slide === 0 ? (phase) => life.report(phase === 'error' ? 'ready' : phase) : undefined}
        />
      )}
    </div>
  ));

  return (
    // The keys belong to the buttons and the row inside, which take the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div data-part="carousel" role="group" aria-roledescription={messages.carousel} aria-label={name} onKeyDown={onKeyDown}>
      <div data-part="frame">
        {/* A row that scrolls has to be reachable without a pointer. */}
        <div
          ref={scroller}
          data-part="slides"
          role="group"
          aria-label={name}
          tabIndex={0}
          onPointerDown={onGrab}
          onWheel={onGrab}
          onTouchStart={onGrab}
        >
          {slides}
        </div>
        {count > 1 && (
          <>
            <button
              type="button"
              data-part="previous"
              aria-label={messages.previousSlide}
              aria-disabled={index === 0}
              onClick={() => goTo(index - 1)}
            >
              <ChevronIcon size={18} />
            </button>
            <button
              type="button"
              data-part="next"
              aria-label={messages.nextSlide}
              aria-disabled={index === count - 1}
              onClick={() => goTo(index + 1)}
            >
              <ChevronIcon size={18} />
            </button>
            <span data-part="count" aria-hidden="true">
              {messages.slideCount(index + 1, count, locale)}
            </span>
            <span data-part="announcement" role="status">
              {positionOf(index)}
            </span>
          </>
        )}
      </div>
      {count > 1 && count <= MOST_DOTS && (
        <div data-part="dots">
          {urls.map((_, slide) => (
            <button
              // oxlint-disable-next-line react/no-array-index-key
              key={slide}
              type="button"
              data-part="dot"
              aria-label={messages.showSlide(slide + 1, count, locale)}
              aria-current={slide === index ? 'true' : undefined}
              onClick={() => goTo(slide)}
            />
          ))}
        </div>
      )}
    </div>
  );
}
