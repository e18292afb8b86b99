'use client';
import { useContext, useEffect, useRef, useState } from 'react';
import { useBulkApproval } from '../../hooks/useBulkApproval.js';
import type { ContainerSummary } from '../../model/container.js';
import { containerName } from '../../model/containerName.js';
import { containerKey } from '../../model/ids.js';
import { readApprovalStatus } from '../../model/status.js';
import { AnnouncerContext } from '../../provider/AnnouncerContext.js';
import { useWords } from '../../provider/MessagesContext.js';
import type { BulkApprovalRow } from '../../queries/bulkApproval.js';
import { failureSentence } from '../ApprovalActions/reviewState.js';
import type { SelectionBarProps } from './types.js';
import { useKeptFocus } from '../../internal/useKeptFocus.js';
import { useKnownWords } from './useKnownWords.js';
import { bulkWords } from './words.js';

/** Approves what is selected: how many, how far it is, and row by row what failed and why. */
export function BulkApprovalBar({ selected, containers, onClear, onFocusLost }: SelectionBarProps) {
  const { messages, locale } = useWords(bulkWords);
  const { progress, isRunning, approve, retry, stop, dismiss } = useBulkApproval();
  const { state, done, total, failed, rows } = progress;
  const root = useRef<HTMLDivElement>(null);
  const kept = useKeptFocus(root, { elsewhere: onFocusLost });
  const approved = rows.filter((row) => row.state === 'approved').length;
  const words = isRunning
    ? state === 'paused'
      ? messages.bulkPaused(done, total, locale)
      : messages.bulkProgress(done, total, locale)
    : messages.bulkDone(approved, failed.length, locale);
  useSaid(isRunning, words);
  const [ran, setRan] = useState(isRunning);
  if (isRunning && !ran) setRan(true);

  if (selected.length > 0 && !isRunning) {
    const begin = () => {
      void approve(selected);
      onClear();
    };
    return (
      <div ref={root} data-part="selection" tabIndex={-1} {...kept}>
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
  // What another list ended with says nothing of this one.
  if (state === 'idle' || !(ran || rows.some(({ containerId }) => containers.some(({ id }) => isSameId(id, containerId))))) return null;
  const left = total - done;
  const told = rows.filter((row) => row.state === 'failed' || isUnscheduled(row));
  return (
    <div ref={root} data-part="selection" data-bulk={state} tabIndex={-1} {...kept}>
      <span data-part="count">{words}</span>
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
          <button type="button" data-part="clear" onClick={dismiss}>
            {messages.close}
          </button>
        </>
      )}
      {told.length > 0 && (
        <ul data-part="failures">
          {told.map((row) => {
            const container = containers.find(({ id }) => isSameId(id, row.containerId));
            return (
              <li key={row.containerId} data-part="failure">
                {container ? <Name container={container} /> : <span>{messages.untitled}</span>}
                <span>{whyNot(row)}</span>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );

  function whyNot({ error }: BulkApprovalRow): string {
    if (error === null) return messages.schedulingFailed;
    const holds = error.code === 'CONFLICT' ? error.details?.['approvalStatus'] : undefined;
    return typeof holds === 'string' ? messages.decidedElsewhere(readApprovalStatus(holds)) : failureSentence(error, messages);
  }
}

/** Has the page's voice say how a run came out that was seen here; a row at a time would never let it end. */
function useSaid(isRunning: boolean, words: string): void {
  const announcer = useContext(AnnouncerContext);
  const ran = useRef(false);
  useEffect(() => {
    if (ran.current && !isRunning) announcer?.say(words);
    ran.current = isRunning;
  }, [isRunning, words, announcer]);
}

/** Approved, and the post that waited for that was not scheduled. */
const isUnscheduled = ({ state, result }: BulkApprovalRow) => state === 'approved' && result?.pendingSchedulePromotion?.status === 'failed';

const isSameId = (one: string, other: string) => containerKey(one) === containerKey(other);

const isWorthRetrying = ({ error }: BulkApprovalRow) => error?.code !== 'CONFLICT' && error?.code !== 'FORBIDDEN_SCOPE';

/** What a container is called, as its card says it. */
function Name({ container }: { container: ContainerSummary }) {
  const { messages } = useWords(bulkWords);
  return <span dir="auto">{containerName(useKnownWords(container)) ?? messages.untitled}</span>;
}
