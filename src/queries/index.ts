export { type ApprovalDecision, approvalOptions } from './approvalOptions.js';
export { type ContainerList, type ContainerListQueryOptions, containerListOptions } from './containerListOptions.js';
export { containerOptions } from './containerOptions.js';
export { type ContainerProgressOptions, containerProgressOptions } from './containerProgressOptions.js';
export { jobOptions } from './jobOptions.js';
export { layersKeys } from './keys.js';
export type { PollingOptions } from './polling.js';
export type { LayersQueryOptions } from './types.js';
