import { createContainers } from '../../stories/support/containers.js';
import { createPreviews } from '../../stories/support/previews.js';

/** The demo media as the test server serves it. */
export const previews = createPreviews('/');
export const containers = createContainers(previews);
