'use client';
import type { Preview } from '../../model/preview.js';
import { safeImageUrl, safeUrl } from '../../model/url.js';
import { useWords } from '../../provider/MessagesContext.js';
import { OutIcon } from '../icons.js';
import { Frame, type MediaProps } from './Frame.js';
import { playerWords } from './words.js';

/** A preview of a kind that this version cannot show: its poster, and a link to its file. */
export function LinkMedia({ preview, settings, ratio }: Omit<MediaProps<Preview>, 'life'>) {
  const { messages } = useWords(playerWords);
  const poster = safeImageUrl(preview.thumbnailUrl);
  const href = safeUrl(preview.primaryUrl);
  return (
    <Frame ratio={ratio}>
      {poster && <img data-part="poster" {...settings.fetching} src={poster} alt="" loading="lazy" decoding="async" />}
      {href && (
        <a data-part="link" href={href} target="_blank" rel="noopener noreferrer">
          <span>{messages.openFile}</span>
          <OutIcon />
        </a>
      )}
    </Frame>
  );
}
