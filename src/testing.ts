export { createSimulator } from './simulator/createSimulator.js';
export { mediaCatalog } from './simulator/media/catalog.js';
export type { MediaBase, MediaImage, MediaItem, MediaSlideshow, MediaVideo } from './simulator/media/catalog.js';
export type {
  Simulator,
  SimulatorContainerInput,
  SimulatorFault,
  SimulatorGeneration,
  SimulatorKey,
  SimulatorLimits,
  SimulatorOptions,
  SimulatorRequest,
  SimulatorServer,
  SimulatorTier,
} from './simulator/types.js';
export type { SimulatorWebhook, SimulatorWebhookOptions } from './simulator/webhooks/types.js';
