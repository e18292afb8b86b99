import { useState } from 'react';
import { ContainerCard, type ContainerListFilters, type ContainerSummary, useContainerList } from '../../src/index.js';
import { Problem } from './Problem.js';

interface View {
  name: string;
  filters: ContainerListFilters;
  /** What the API cannot filter by is filtered here. */
  keep?: (container: ContainerSummary) => boolean;
}

const views: readonly View[] = [
  { name: 'All', filters: {} },
  { name: 'Being made', filters: { status: ['queued', 'processing'] } },
  { name: 'To review', filters: { status: 'completed' }, keep: ({ approvalStatus }) => approvalStatus === 'pending' },
  { name: 'Not made', filters: { status: 'failed' } },
];

/** Every container of the project, newest first. */
export function Library({ projectId, onOpen }: { projectId: string; onOpen: (containerId: string) => void }) {
  const [view, setView] = useState<View>(views[0] as View);
  const list = useContainerList(projectId, { ...view.filters, limit: 24 });
  const containers = list.data?.containers.filter(view.keep ?? (() => true));

  return (
    <>
      <div className="heading">
        <h1>Content</h1>
        <div className="views" role="group" aria-label="Show">
          {views.map((each) => (
            <button key={each.name} type="button" aria-pressed={each === view} onClick={() => setView(each)}>
              {each.name}
            </button>
          ))}
        </div>
      </div>
      {list.error && <Problem error={list.error} onRetry={() => list.refetch()} />}
      {list.isPending && !list.error && <p className="quiet">Loading your content</p>}
      {containers?.length === 0 && <p className="quiet">Nothing here yet. What you make shows up in this place.</p>}
      <ul className="grid">
        {containers?.map((container) => (
          <li key={container.id}>
            <Card container={container} onOpen={() => onOpen(container.id)} />
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <button className="more" type="button" disabled={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
          {list.isFetchingNextPage ? 'Loading' : 'Load more'}
        </button>
      )}
    </>
  );
}

/** A card from the list's row, or, where the row has no media to show, one that reads the whole record. */
function Card({ container, onOpen }: { container: ContainerSummary; onOpen: () => void }) {
  // Once it follows the record it goes on: a row has no hook, and the words should not change when the media arrive.
  const [follows, setFollows] = useState(false);
  if (!follows && container.status !== 'completed') setFollows(true);
  return follows ? <ContainerCard containerId={container.id} onOpen={onOpen} /> : <ContainerCard container={container} onOpen={onOpen} />;
}
