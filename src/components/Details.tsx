'use client';
import { useWords } from '../provider/MessagesContext.js';
import { commonEnglish } from './words.js';

/** Props of {@link Details}. */
export interface DetailsProps {
  /** An error's code. */
  code?: string | null | undefined;
  /** The API's id of the request that failed. */
  requestId?: string | null | undefined;
  /** The container that it was about. */
  containerId?: string | null | undefined;
}

/** What only a support team needs, closed until a person opens it. Nothing where there is nothing. */
export function Details({ code, requestId, containerId }: DetailsProps) {
  const { messages } = useWords(commonEnglish);
  const rows = [
    [messages.detailCode, code],
    [messages.detailRequest, requestId],
    [messages.detailContainer, containerId],
  ].filter(([, value]) => value);
  if (rows.length === 0) return null;
  return (
    // React has it come up to what the host opens and closes around it.
    <details data-part="details" onToggle={(event) => event.stopPropagation()}>
      <summary data-part="summary">{messages.details}</summary>
      <dl data-part="references">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
