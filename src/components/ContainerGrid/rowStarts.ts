/** How the rows of a grid stand, in pixels. */
export interface RowMetrics {
  count: number;
  /** Height of a row that was not measured. */
  guess: number;
  /** Between two rows. */
  gap: number;
}

/** Where each row begins, from the beginning of the first, and at last where one more would. Never empty. */
export function startsOf({ count, guess, gap }: RowMetrics, measured: ReadonlyMap<number, number>): Float64Array {
  const starts = new Float64Array(count + 1);
  for (let row = 0; row < count; row += 1) starts[row + 1] = (starts[row] as number) + (measured.get(row) ?? guess) + gap;
  return starts;
}

/** The row at a place: the last that begins there or above. Beyond either end it is the one at that end. */
export function rowAt(starts: Float64Array, place: number): number {
  let low = 0;
  let high = starts.length - 2;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] as number) <= place) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}

/** The first row that is drawn for a view, and the one after the last; so many more beyond each edge. */
export function rowsIn(starts: Float64Array, top: number, bottom: number, overscan: number): { first: number; end: number } {
  return {
    first: Math.max(0, rowAt(starts, top) - overscan),
    end: Math.min(starts.length - 1, rowAt(starts, bottom) + 1 + overscan),
  };
}
