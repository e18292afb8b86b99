export { createLayersClient } from './createLayersClient.js';
export type { ContainerListFilters } from './filters.js';
export type {
  AccountOrInfluencer,
  ClonePostInput,
  GenerateInput,
  LegacyGenerateInput,
  OtherFormat,
  OtherGenerateInput,
  RegenerateInput,
  SlideshowBuilderInput,
  SourceRemixInput,
  UgcRemixInput,
} from './generate.js';
export type { Edition, LayersClient, LayersClientOptions, LayersHeaders, RequestOptions, WriteOptions } from './LayersClient.js';
export type { Freshness, FreshnessReason, FreshnessState } from './reads/freshness.js';
