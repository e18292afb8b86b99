export { ApprovalActions, type ApprovalActionsProps, type ApprovalActionsState } from './ApprovalActions/ApprovalActions.js';
export type { ReviewState } from './ApprovalActions/reviewState.js';
export { ApprovalBadge, type ApprovalBadgeProps, type ApprovalBadgeState } from './ApprovalBadge/ApprovalBadge.js';
export { ContainerCard, type ContainerCardProps, type ContainerCardState } from './ContainerCard/ContainerCard.js';
export { ContainerGrid, type ContainerGridProps, type ContainerGridState } from './ContainerGrid/ContainerGrid.js';
export {
  PlatformFitNotice,
  type PlatformFitNoticeProps,
  type PlatformFitNoticeState,
} from './PlatformFitNotice/PlatformFitNotice.js';
export {
  ContainerScreen,
  type ContainerScreenPart,
  type ContainerScreenPartProps,
  type ContainerScreenProps,
  type ContainerScreenState,
} from './ContainerScreen/ContainerScreen.js';
export { limitLiveVideos } from './PreviewPlayer/liveVideos.js';
export type { PreviewPlayerError } from './PreviewPlayer/mediaSettings.js';
export { PreviewPlayer, type PreviewPlayerProps, type PreviewPlayerState } from './PreviewPlayer/PreviewPlayer.js';
export { ProgressBar, type ProgressBarFreshness, type ProgressBarProps, type ProgressBarState } from './ProgressBar/ProgressBar.js';
export { StatusBadge, type StatusBadgeProps, type StatusBadgeState } from './StatusBadge/StatusBadge.js';
