export { type ApprovalResult, parseApprovalResult } from './approval.js';
export { type Asset, type AssetFile, parseAsset } from './asset.js';
export { type CaptionPart, splitCaption } from './captionParts.js';
export { type Container, type ContainerSummary, type PlatformFit, parseContainer } from './container.js';
export { type ContainerPage, parseContainerPage } from './containerPage.js';
export type { LayersErrorCode } from './errorCode.js';
export { isLayersError, LayersError, type LayersErrorInit } from './errors.js';
export { type FieldError, type FieldProblem, fieldErrorsOf } from './fieldErrors.js';
export { type GenerationProblem, type GenerationProblemKind, readGenerationProblem } from './generationProblem.js';
export { containerKey } from './ids.js';
export { type AcceptedJob, advanceJob, type CancelResult, type Job, parseCancelResult, parseJob } from './job.js';
export {
  type ImagePreview,
  type Preview,
  type PreviewBase,
  parsePreview,
  type SlideshowPreview,
  type UnknownPreview,
  type VideoPreview,
} from './preview.js';
export { type ProgressSnapshot, parseProgress } from './progress.js';
export { type ApprovalStatus, type ContainerFormat, type ContainerStatus, type CreativeType, isTerminalStatus } from './status.js';
export { safeImageUrl, safeUrl } from './url.js';
