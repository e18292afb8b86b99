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
  const { mutate, isPending, problem } = useGenerate(projectId);
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
  return { make, isPending, problem };
}

export function MakeButton({ make, isPending, problem }: ReturnType<typeof useMake>) {
  return (
    <div className="make">
      <p role="alert">{problem?.message}</p>
      <button type="button" aria-disabled={isPending} onClick={make}>
        Make a video
      </button>
    </div>
  );
}
