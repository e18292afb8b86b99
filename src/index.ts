export * from './components/index.js';
export * from './core.js';
export { useApproval } from './hooks/useApproval.js';
export { type UseAssetOptions, useAsset } from './hooks/useAsset.js';
export { type UseCancelJobResult, useCancelJob } from './hooks/useCancelJob.js';
export { useClone } from './hooks/useClone.js';
export { type UseBulkApprovalResult, useBulkApproval } from './hooks/useBulkApproval.js';
export {
  type UseCompletionNotificationOptions,
  type UseCompletionNotificationResult,
  useCompletionNotification,
} from './hooks/useCompletionNotification.js';
export { type UseContainerOptions, useContainer } from './hooks/useContainer.js';
export {
  type ContainerListActions,
  type UseContainerListOptions,
  type UseContainerListResult,
  useContainerList,
} from './hooks/useContainerList.js';
export { type UseContainerProgressOptions, useContainerProgress } from './hooks/useContainerProgress.js';
export { type UseFreshnessResult, useFreshness } from './hooks/useFreshness.js';
export { useGenerate } from './hooks/useGenerate.js';
export { useOnScreen } from './hooks/useOnScreen.js';
export { type UseJobOptions, useJob } from './hooks/useJob.js';
export { type UseJobProgressOptions, useJobProgress } from './hooks/useJobProgress.js';
export type { ProgressSource } from './hooks/useFollowedProgress.js';
export { useRegenerate } from './hooks/useRegenerate.js';
export type { ProblemInWords, StartResult } from './hooks/useStart.js';
export { type UseTitleProgressOptions, useTitleProgress } from './hooks/useTitleProgress.js';
export type { BulkApprovalProgress, BulkApprovalRow } from './queries/bulkApproval.js';
export type { ProgressEndHandlers } from './progress/ends.js';
export { useLayersClient } from './provider/LayersContext.js';
export type { LayersStyle } from './internal/renderElement.js';
export type { AnnouncedCounts } from './provider/announcerWords.js';
