import type { AdvanceProgressOptions } from '../progress/options.js';
import type { Follow } from '../schedule/track.js';

/** What our options say of themselves in TanStack's `meta`. */
export interface ReadMeta {
  follow?: Follow;
  estimate?: AdvanceProgressOptions | undefined;
}
