import { useEffect, useRef, useState } from 'react';
import { ApprovalBadge, PreviewPlayer, ProgressBar, StatusBadge, useApproval, useContainer } from '../../src/index.js';
import { Problem } from './Problem.js';

/** One container in a dialog: its progress, then its media, then the decision. */
export function Detail({ containerId, onClose }: { containerId: string; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { data: container, error, refetch } = useContainer(containerId);
  useEffect(() => dialog.current?.showModal(), []);

  return (
    <dialog ref={dialog} className="detail" aria-label="Content" onClose={onClose}>
      <div className="detail-inner">
        <form method="dialog">
          <button className="close" type="submit" aria-label="Close">
            ×
          </button>
        </form>
        {error && <Problem error={error} onRetry={() => refetch()} />}
        {container && (
          <>
            <div className="detail-media">
              <PreviewPlayer preview={container.preview} alt={container.hook ?? container.caption ?? 'Your content'}>
                {container.status === 'completed' ? null : <ProgressBar containerId={containerId} />}
              </PreviewPlayer>
            </div>
            <div className="detail-words">
              <div className="badges">
                <StatusBadge status={container.status} />
                {container.status === 'completed' && <ApprovalBadge status={container.approvalStatus} />}
              </div>
              <h2>{container.hook ?? container.caption ?? 'Untitled'}</h2>
              {container.hook && container.caption && <p>{container.caption}</p>}
              {container.status === 'completed' && container.approvalStatus === 'pending' && <Decision containerId={containerId} />}
            </div>
          </>
        )}
      </div>
    </dialog>
  );
}

function Decision({ containerId }: { containerId: string }) {
  const approval = useApproval(containerId);
  const [reason, setReason] = useState<string | null>(null);
  const [missing, setMissing] = useState(false);

  return (
    <form
      className="decision"
      onSubmit={(event) => {
        event.preventDefault();
        if (!reason?.trim()) setMissing(true);
        else approval.mutate({ decision: 'reject', reason: reason.trim() });
      }}
    >
      {approval.error && <Problem error={approval.error} />}
      {reason === null ? (
        <>
          <button className="primary" type="button" disabled={approval.isPending} onClick={() => approval.mutate({ decision: 'approve' })}>
            Approve
          </button>
          <button type="button" disabled={approval.isPending} onClick={() => setReason('')}>
            Reject
          </button>
        </>
      ) : (
        <>
          <label>
            Why is it rejected?
            <textarea rows={3} maxLength={1024} value={reason} aria-invalid={missing} onChange={(event) => setReason(event.target.value)} />
          </label>
          {missing && !reason.trim() && <p role="alert">Write a reason first: whoever makes the next version reads it.</p>}
          <button className="primary" type="submit" disabled={approval.isPending}>
            Reject
          </button>
          <button type="button" onClick={() => setReason(null)}>
            Cancel
          </button>
        </>
      )}
    </form>
  );
}
