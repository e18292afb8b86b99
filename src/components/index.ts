export { ApprovalActions } from './ApprovalActions/ApprovalActions.js';
export type { ReviewState } from './ApprovalActions/reviewState.js';
export type { ApprovalActionsPart, ApprovalActionsPartProps, ApprovalActionsProps, ApprovalActionsState } from './ApprovalActions/types.js';
export { ApprovalBadge } from './ApprovalBadge/ApprovalBadge.js';
export type { ApprovalBadgeProps, ApprovalBadgeState } from './ApprovalBadge/types.js';
export { ContainerCard } from './ContainerCard/ContainerCard.js';
export type { ContainerCardProps, ContainerCardState } from './ContainerCard/types.js';
export { ContainerGrid } from './ContainerGrid/ContainerGrid.js';
export type { ContainerGridProps, ContainerGridState } from './ContainerGrid/types.js';
export { ContainerScreen } from './ContainerScreen/ContainerScreen.js';
export type {
  ContainerScreenPart,
  ContainerScreenPartProps,
  ContainerScreenProps,
  ContainerScreenState,
} from './ContainerScreen/types.js';
export { LayersProvider } from './LayersProvider/LayersProvider.js';
export type { LayersProviderProps } from './LayersProvider/types.js';
export { englishMessages, type LayersMessages } from './messages.js';
export { PlatformFitNotice } from './PlatformFitNotice/PlatformFitNotice.js';
export type { PlatformFitNoticeProps, PlatformFitNoticeState } from './PlatformFitNotice/types.js';
export { PostDetails } from './PostDetails/PostDetails.js';
export type { PostDetailsPart, PostDetailsPartProps, PostDetailsParts, PostDetailsProps, PostDetailsState } from './PostDetails/types.js';
export { limitLiveVideos } from './PreviewPlayer/liveVideos.js';
export type { PreviewPlayerError } from './PreviewPlayer/mediaSettings.js';
export { PreviewPlayer } from './PreviewPlayer/PreviewPlayer.js';
export type { PreviewPlayerProps, PreviewPlayerState } from './PreviewPlayer/types.js';
export { ProgressBar } from './ProgressBar/ProgressBar.js';
export type { ProgressBarFreshness, ProgressBarProps, ProgressBarState } from './ProgressBar/types.js';
export { StatusBadge } from './StatusBadge/StatusBadge.js';
export type { StatusBadgeProps, StatusBadgeState } from './StatusBadge/types.js';
