import { ContainerGrid, containerListPresets } from '../../src/index.js';
import { projectId } from './project.js';

const views = {
  all: ['All', {}],
  making: ['Being made', containerListPresets.inFlight],
  review: ['To review', containerListPresets.needsReview],
  failed: ['Not made', { status: 'failed' }],
} as const;

type View = keyof typeof views;
export const readView = (name: string): View => (Object.hasOwn(views, name) ? (name as View) : 'all');

interface LibraryProps {
  view: View;
  isList: boolean;
  onSwitch: () => void;
}

/** The project's containers, newest first. */
export function Library({ view, isList, onSwitch }: LibraryProps) {
  const [title, filters] = views[view];
  return (
    <>
      <div className="heading">
        <h1>Content</h1>
        <button type="button" className="switch" aria-pressed={isList} onClick={onSwitch}>
          List
        </button>
      </div>
      <ContainerGrid
        projectId={projectId}
        filters={{ ...filters, limit: 50 }}
        variant={isList ? 'list' : 'grid'}
        label={title}
        href={({ id }) => `#${id}`}
        selectable={view === 'review'}
        toolbar={
          <nav className="views" aria-label="Show">
            {Object.entries(views).map(([name, [each]]) => (
              <a key={name} href={`#${name}`} aria-current={name === view ? 'page' : undefined}>
                {each}
              </a>
            ))}
          </nav>
        }
      />
    </>
  );
}
