'use client';
import { useNow } from '../../internal/useNow.js';
import { useWords } from '../../provider/MessagesContext.js';
import { cardWords } from './words.js';

interface CardTimeProps {
  /** ISO 8601. */
  iso: string | null;
  now: number | undefined;
}

/** How long ago something was made; as a date where the time of day is not known yet. */
export function CardTime({ iso, now: given }: CardTimeProps) {
  const { locale, messages } = useWords(cardWords);
  const ticking = useNow();
  const now = given ?? ticking;
  const time = iso === null ? Number.NaN : Date.parse(iso);
  if (iso === null || Number.isNaN(time)) return null;
  const date = messages.date(time, locale);
  return (
    <time data-part="time" dateTime={iso} title={date}>
      {now === null ? date : messages.timeAgo(time, now, locale)}
    </time>
  );
}
