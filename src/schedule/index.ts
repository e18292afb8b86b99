export { createLayersClient, type LayersClient } from './createLayersClient.js';
export type { Freshness, FreshnessReason, FreshnessState } from './freshness.js';
