import { memo } from 'react';
import { ProgressBar, useContainer, useContainerProgress } from '../../../src/index.js';
import { useNote } from './look.js';
import type { RowProps } from './rows.js';

/** A row as users of this library write it: the record's hook, and a bar that follows the progress. */
export function OurRow({ id, ended }: RowProps) {
  const { data: container } = useContainer(id);
  useNote(id, 'container', container?.status, ended);
  return (
    <>
      <ProgressBar containerId={id} />
      <Progress id={id} ended={ended} />
    </>
  );
}

/** Says what the bar is given. A component by itself, because a render that progress causes would refresh what the record's hook says. */
const Progress = memo(function Progress({ id, ended }: RowProps) {
  const { data: progress } = useContainerProgress(id);
  useNote(id, 'progress', progress?.status, ended);
  return null;
});
