/** The longest wait of `setTimeout`, in milliseconds: a longer one ends at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;
