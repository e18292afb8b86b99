'use client';
import type { SlideshowPreview } from '../../model/preview.js';
import { useWords } from '../../provider/MessagesContext.js';
import { slidesOf } from './FirstSlide.js';
import { Frame, type MediaProps } from './Frame.js';
import { LoadedImage } from './LoadedImage.js';
import { playerWords } from './words.js';

/** All slides where the code that moves them can't be fetched: the browser scrolls them, and each says which it is. */
export function PlainSlides({ preview, life, settings, ratio }: MediaProps<SlideshowPreview>) {
  const { locale, messages } = useWords(playerWords);
  const urls = slidesOf(preview);
  const count = urls.length;
  const name = settings.alt || messages.slideshow;
  return (
    <div data-part="carousel">
      <Frame ratio={ratio}>
        {/* A row that scrolls has to be reachable without a pointer. */}
        <div data-part="slides" data-plain="" role="group" aria-label={name} tabIndex={0}>
          {urls.map((url, slide) => (
            // oxlint-disable-next-line react/no-array-index-key -- The same picture may come twice.
            <div key={slide} data-part="slide">
              <LoadedImage
                key={life.attempt}
                url={url}
                alt={`${name}${messages.separator}${messages.slidePosition(slide + 1, count, locale)}`}
                settings={settings}
                life={{ ...life, report: () => slide === 0 && life.report('ready') }}
              />
              {count > 1 && (
                <span data-part="count" aria-hidden="true">
                  {messages.slideCount(slide + 1, count, locale)}
                </span>
              )}
            </div>
          ))}
        </div>
      </Frame>
    </div>
  );
}
