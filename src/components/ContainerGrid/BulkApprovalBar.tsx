'use client';
import { useState } from 'react';
import { useBulkApproval } from '../../hooks/useBulkApproval.js';
import type { ContainerSummary } from '../../model/container.js';
import { containerName } from '../../model/containerName.js';
import { readApprovalStatus } from '../../model/status.js';
import { useMessages } from '../../provider/MessagesContext.js';
import type { BulkApprovalRow } from '../../queries/bulkApproval.js';
import { failureSentence } from '../ApprovalActions/reviewState.js';
import type { SelectionBarProps } from './ContainerGrid.js';

/** Approves what is selected: how many, how far it is, and row by row what failed and why. */
export function BulkApprovalBar({ selected, containers, onClear }: SelectionBarProps) {
  const { messages, locale } = useMessages();
  const { progress, isRunning, approve, retry, stop } = useBulkApproval();
  const [isClosed, setIsClosed] = useState(false);
  const { state, done, total, failed, rows } = progress;

  if (selected.length > 0 && !isRunning) {
    const begin = () => {
      setIsClosed(false);
      void approve(selected);
      onClear();
    };
    return (
      <div data-part="selection">
        <span data-part="count">{messages.gridSelected(selected.length, locale)}</span>
        <button type="button" data-part="approve" onClick={begin}>
          {messages.bulkApprove(selected.length, locale)}
        </button>
        <button type="button" data-part="clear" onClick={onClear}>
          {messages.gridClearSelection}
        </button>
      </div>
    );
  }
  if (state === 'idle' || isClosed) return null;
  const approved = rows.filter((row) => row.state === 'approved').length;
  const words = isRunning
    ? state === 'paused'
      ? messages.bulkPaused(done, total, locale)
      : messages.bulkProgress(done, total, locale)
    : messages.bulkDone(approved, failed.length, locale);
  const left = total - done;
  return (
    <div data-part="selection" data-bulk={state}>
      <span data-part="count" role="status">
        {words}
      </span>
      {isRunning && (
        <>
          <progress data-part="share" value={done} max={total} aria-label={words} />
          <button type="button" data-part="clear" onClick={stop}>
            {messages.bulkStop}
          </button>
        </>
      )}
      {!isRunning && (
        <>
          {(failed.some(isWorthRetrying) || left > 0) && (
            <button type="button" data-part="retry" onClick={() => void retry()}>
              {messages.tryAgain}
            </button>
          )}
          <button type="button" data-part="clear" onClick={() => setIsClosed(true)}>
            {messages.close}
          </button>
        </>
      )}
      {failed.length > 0 && (
        <ul data-part="failures">
          {failed.map((row) => (
            <li key={row.containerId} data-part="failure">
              <span dir="auto">{nameOf(row, containers) ?? messages.untitled}</span>
              <span>{whyNot(row)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );

  function whyNot({ error }: BulkApprovalRow): string | null {
    if (error === null) return null;
    const holds = error.code === 'CONFLICT' ? error.details?.['approvalStatus'] : undefined;
    return typeof holds === 'string' ? messages.decidedElsewhere(readApprovalStatus(holds)) : failureSentence(error, messages);
  }
}

const isWorthRetrying = ({ error }: BulkApprovalRow) => error?.code !== 'CONFLICT' && error?.code !== 'FORBIDDEN_SCOPE';

function nameOf({ containerId }: BulkApprovalRow, containers: readonly ContainerSummary[]): string | null {
  const found = containers.find(({ id }) => id === containerId);
  return found ? containerName(found) : null;
}
