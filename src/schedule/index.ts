export type { LayersClient } from './scheduledClient.js';
export type { Freshness, FreshnessReason, FreshnessState } from './freshness.js';
