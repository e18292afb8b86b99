'use client';
import type { Preview } from '../../model/preview.js';
import { safeImageUrl, safeUrl } from '../../model/url.js';
import { usePlayerMessages } from '../../provider/MessagesContext.js';
import { OutIcon } from '../icons.js';

/** A preview of a kind that this version cannot show: its poster, and a link to its file. */
export function LinkMedia({ preview }: { preview: Preview }) {
  const { messages } = usePlayerMessages();
  const poster = safeImageUrl(preview.thumbnailUrl);
  const href = safeUrl(preview.primaryUrl);
  return (
    <div data-part="frame">
      {poster && <img data-part="poster" src={poster} alt="" loading="lazy" decoding="async" />}
      {href && (
        <a data-part="link" href={href} target="_blank" rel="noopener noreferrer">
          {messages.openFile}
          <OutIcon />
        </a>
      )}
    </div>
  );
}
