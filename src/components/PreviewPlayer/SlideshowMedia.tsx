'use client';
import { useContext, useEffect, useId, useRef, useState } from 'react';
import type { SlideshowPreview } from '../../model/preview.js';
import { AnnouncerContext } from '../../provider/AnnouncerContext.js';
import { useWords } from '../../provider/MessagesContext.js';
import { hasDots, slidesOf } from './FirstSlide.js';
import { Frame, type MediaProps } from './Frame.js';
import { lazyPart } from './lazyPart.js';
import { LoadedImage } from './LoadedImage.js';
import { useSlides } from './useSlides.js';
import { ChevronIcon } from './partIcons.js';
import { playerPartWords } from './partWords.js';

const Rotation = /* @__PURE__ */ lazyPart(async () => (await import('./Rotation.js')).Rotation);

/** Slides in a row that the browser scrolls and snaps; arrows, dots and keys move it, and time where that is asked for. */
export function SlideshowMedia({ preview, life, settings, ratio }: MediaProps<SlideshowPreview>) {
  const { rotateMs } = settings;
  // The parts of a slideshow need names, also where it has none.
  const alt = settings.alt || undefined;
  const { locale, messages } = useWords(playerPartWords);
  const urls = slidesOf(preview);
  const count = urls.length;
  const rotates = rotateMs !== null && count > 1;
  const carousel = useRef<HTMLDivElement>(null);
  const { scroller, index, isNear, goTo, onGrab } = useSlides(count, carousel);
  const [moves, setMoving] = useState(false);
  const isMoving = rotates && moves;
  const name = alt ?? messages.slideshow;
  const positionOf = (slide: number) => messages.slidePosition(slide + 1, count, locale);
  const announcer = useContext(AnnouncerContext);
  const id = useId();
  const told = useRef(index);
  const position = positionOf(index);
  useEffect(() => {
    if (told.current === index) return;
    told.current = index;
    // Slides that change automatically aren't announced.
    if (!isMoving) announcer?.say(alt == null ? position : `${alt}${messages.separator}${position}`, id);
  }, [announcer, index, isMoving, alt, position, messages, id]);

  const slides = urls.map((url, slide) => (
    // The same picture may come twice: its place is what tells slides apart, and a changed list is a new slideshow.
    // oxlint-disable-next-line react/no-array-index-key
    <div key={slide} data-part="slide" role="group" aria-roledescription={messages.slide} aria-label={positionOf(slide)}>
      {isNear(slide) && (
        <LoadedImage
          key={life.attempt}
          url={url}
          alt={count > 1 ? `${alt ?? messages.image}${messages.separator}${positionOf(slide)}` : (alt ?? messages.image)}
          settings={settings}
          // One slide that fails is not the end of the others.
          life={{ ...life, report: () => slide === 0 && life.report('ready') }}
          isRetry={slide === index && life.attempt > 0}
        />
      )}
    </div>
  ));

  return (
    <div ref={carousel} data-part="carousel" role="group" aria-roledescription={messages.carousel} aria-label={name}>
      <Frame ratio={ratio}>
        {rotates && (
          <Rotation everyMs={rotateMs} index={index} advance={() => goTo((index + 1) % count)} carousel={carousel} onMoving={setMoving} />
        )}
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
            {/* In a provider its voice says this, no more often than it can. */}
            {!announcer && (
              <span data-part="announcement" role="status" aria-live={isMoving ? 'off' : 'polite'}>
                {position}
              </span>
            )}
          </>
        )}
      </Frame>
      {hasDots(count) && (
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
