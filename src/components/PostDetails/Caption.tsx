'use client';
import { splitCaption } from '../../model/captionParts.js';

/** A text as it will be posted: line breaks and emoji exact, links that can be followed, hashtags and mentions told apart. */
export function Caption({ text }: { text: string }) {
  // A text is in its own language: a page that is translated would post something else than it shows.
  return (
    <p data-part="words" dir="auto" translate="no">
      {splitCaption(text).map((part, place) => {
        // oxlint-disable-next-line react/no-array-index-key -- a word may come twice
        if (part.kind === 'text') return <span key={place}>{part.text}</span>;
        if (part.kind === 'link') {
          return (
            // oxlint-disable-next-line react/no-array-index-key -- as above
            <a key={place} data-part="link" href={part.href} target="_blank" rel="noopener noreferrer nofollow">
              <bdi>{part.text}</bdi>
            </a>
          );
        }
        return (
          // oxlint-disable-next-line react/no-array-index-key -- as above
          <bdi key={place} data-part="tag" data-tag={part.kind}>
            {part.text}
          </bdi>
        );
      })}
    </p>
  );
}
