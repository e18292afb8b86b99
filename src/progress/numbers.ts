/** Whether a value is a finite number; typed callers can still hand in what `JSON.parse` or a division gave them. @internal */
export const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** `value` kept from `least` to `most`. `+ 0` turns -0 into 0: JSON writes both as 0, so -0 would not survive a round trip. @internal */
export const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value)) + 0;

/** The larger of two numbers; the one that is known where the other is `null`. @internal */
export const highest = (a: number | null, b: number | null): number | null => (a === null || b === null ? (a ?? b) : Math.max(a, b));

/** A guess at an unknown number and how far off it may be (one standard deviation). @internal */
export interface Guess {
  mean: number;
  deviation: number;
}

/** Two independent guesses at one number, each counting by the inverse of its variance. @internal */
export function combine(a: Guess, b: Guess): Guess {
  const [precisionA, precisionB] = [1 / a.deviation ** 2, 1 / b.deviation ** 2];
  const precision = precisionA + precisionB;
  return { mean: (a.mean * precisionA + b.mean * precisionB) / precision, deviation: Math.sqrt(1 / precision) };
}
