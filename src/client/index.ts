export type { Edition, LayersClientOptions, LayersHeaders } from './clientOptions.js';
export type { ContainerListFilters, StatusFilter } from './filters.js';
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
export { inputOf } from './inputOf.js';
export type { LayersRequests, PageOptions, RequestOptions, WriteOptions } from './requests.js';
