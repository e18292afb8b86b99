// Two days by the sea, and the receipt.
import { receipt, swim, train } from './coastDay.mjs';
import { arrival, dinner } from './coastTown.mjs';

/** @type {import('./brush.mjs').Scene} */
export const coastWeekend = { width: 540, height: 675, frames: [arrival, train, swim, dinner, receipt] };
