import { useGenerate } from '../../src/index.js';
import { projectId } from './project.js';

const hooks = [
  'Day 12.\nStill not a runner.\nStill running.',
  'Your evenings are not a backlog',
  'Grind. Bloom.\nPour. Wait.',
  'Four drops, then sleep',
];
let made = 0;

/** Starts a video and goes to it. */
export function useMake() {
  const { mutate, isPending, problem, reset } = useGenerate(projectId);
  const make = () =>
    mutate(
      { format: 'ugc-remix', hook: hooks[made % hooks.length], socialAccountId: 'acc_fernway' },
      {
        onSuccess: ({ containerIds }) => {
          made += 1;
          location.hash = containerIds[0] ?? 'making';
        },
      },
    );
  return { make, isPending, problem, reset };
}

type Making = ReturnType<typeof useMake>;

export function MakeButton({ make, isPending }: Making) {
  return (
    <button type="button" className="make" aria-disabled={isPending} onClick={make}>
      Make a video
    </button>
  );
}

/** Why the last try made nothing, until the next one or until somebody has read it. */
export function MakeProblem({ problem, reset }: Making) {
  return (
    <div role="alert">
      {problem && (
        <div className="problem">
          <p>{problem.message}</p>
          <button type="button" className="switch" onClick={reset}>
            Close
          </button>
        </div>
      )}
    </div>
  );
}
