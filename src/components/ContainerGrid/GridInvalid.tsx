'use client';
import { whole } from '../../internal/intl.js';
import { useWords } from '../../provider/MessagesContext.js';
import type { InvalidRow } from './types.js';
import { gridWords } from './words.js';

/** How many rows of the list could not be read, and under Details why. */
export function GridInvalid({ rows }: { rows: readonly InvalidRow[] }) {
  const { messages, locale } = useWords(gridWords);
  const told = rows.filter(({ reason }) => reason !== '');
  return (
    <div data-part="invalid">
      <p>{messages.gridInvalid(rows.length, locale)}</p>
      {told.length > 0 && (
        <details data-part="details" onToggle={(event) => event.stopPropagation()}>
          <summary data-part="summary">{messages.details}</summary>
          <dl data-part="references">
            {told.map(({ index, reason }, at) => (
              // oxlint-disable-next-line react/no-array-index-key -- rows of two pages may stand in the same place
              <div key={at}>
                <dt>{whole(index + 1, locale)}</dt>
                <dd dir="auto">{reason}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </div>
  );
}
