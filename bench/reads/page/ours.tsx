import { ProgressBar, useContainer, useContainerProgress } from '../../../src/index.js';
import { useLook } from './look.js';
import type { RowProps } from './rows.js';

/** A row as users of this library write it. */
export function OurRow({ id, ended }: RowProps) {
  const { data: container } = useContainer(id);
  const { data: progress } = useContainerProgress(id);
  useLook(id, { container: container?.status, progress: progress?.status }, ended);
  return <ProgressBar containerId={id} />;
}
