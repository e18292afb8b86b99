import type { ReactElement } from 'react';
import {
  ApprovalActions,
  ApprovalBadge,
  ContainerCard,
  ContainerGrid,
  ContainerScreen,
  PlatformFitNotice,
  PostDetails,
  PreviewPlayer,
  ProgressBar,
  StatusBadge,
} from '../../src/components/index.js';
import { useApproval, useBulkApproval, useCancelJob, useCompletionNotification, useContainer, useContainerList } from '../../src/index.js';
import { useContainerProgress, useFreshness, useGenerate, useJob, useOnScreen, useRegenerate, useTitleProgress } from '../../src/index.js';

/** What {@link EveryHook} and {@link everyComponent} follow. */
export interface Followed {
  id: string;
  projectId: string;
  jobId?: string | undefined;
}

/** Every component that follows a container, or a project. */
export const everyComponent = ({ id, projectId }: Followed): ReactElement => (
  <>
    <ProgressBar containerId={id} stages />
    <StatusBadge containerId={id} />
    <ApprovalBadge containerId={id} showNotRequired />
    <PlatformFitNotice containerId={id} />
    <PostDetails containerId={id} />
    <PreviewPlayer containerId={id} controls="minimal" />
    <ApprovalActions containerId={id} />
    <ContainerCard containerId={id} onOpen={() => {}} />
    <ContainerScreen containerId={id} />
    <ContainerGrid projectId={projectId} selectable />
  </>
);

/** Every hook that reads or writes; draws the statuses that they know. */
export function EveryHook({ id, projectId, jobId }: Followed): ReactElement {
  const container = useContainer(id);
  const progress = useContainerProgress(id);
  const list = useContainerList(projectId);
  const job = useJob(jobId);
  const freshness = useFreshness(id);
  const { permission, request } = useCompletionNotification(id);
  useTitleProgress(id);
  useApproval(id);
  useBulkApproval();
  useGenerate(projectId);
  useRegenerate(id);
  useCancelJob(jobId);
  return (
    <section ref={useOnScreen(id)} data-hooks="" data-freshness={freshness.state} data-permission={permission}>
      <p data-known="container">{container.data?.status ?? container.error?.code}</p>
      <p data-known="progress">{progress.data?.status ?? progress.error?.code}</p>
      <p data-known="list">{list.data?.containers.map(({ status }) => status).join() ?? list.error?.code}</p>
      <p data-known="job">{job.data?.status ?? job.error?.code}</p>
      <button type="button" data-request="" onClick={() => void request()}>
        Notify
      </button>
    </section>
  );
}
