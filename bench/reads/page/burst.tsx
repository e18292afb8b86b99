import { useApproval, useContainerList, useContainerProgress } from '../../../src/index.js';
import { useEffect, useState } from 'react';
import { readMarks, useNote } from './look.js';

const PAGE_SIZE = 20;

/** A list with "load more", a button that approves, and beside them, once asked for, many hooks that mount at once and have no place on screen. */
export function BurstPage({ ids, projectId, pendingId }: { ids: string[]; projectId: string; pendingId: string }) {
  const [isMounted, setMounted] = useState(false);
  const list = useContainerList(projectId, { limit: PAGE_SIZE });
  const approval = useApproval(pendingId);
  const { data, hasNextPage, fetchNextPage } = list;
  useEffect(() => {
    window.readMarks = readMarks;
    window.mountRows = () => setMounted(true);
  }, []);
  return (
    <>
      <button id="more" type="button" disabled={!hasNextPage} onClick={() => void fetchNextPage()}>
        Load more
      </button>
      <button id="approve" type="button" onClick={() => approval.mutate({ decision: 'approve' })}>
        Approve
      </button>
      <p id="count">{data?.containers.length ?? 0}</p>
      {isMounted && ids.map((id) => <Hook key={id} id={id} />)}
    </>
  );
}

function Hook({ id }: { id: string }) {
  const { data } = useContainerProgress(id);
  useNote(id, 'progress', data?.status);
  return <span>{data?.status}</span>;
}
