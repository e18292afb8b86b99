/** Draws numbers from 0 (included) to 1 (excluded); the same seed draws the same numbers on every machine (mulberry32). */
export type Random = () => number;

/** A generator from a whole number. */
export function randomFrom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Evenly from `least` to `most`. */
export const between = (random: Random, least: number, most: number) => least + (most - least) * random();

/** A factor around 1: half of the draws lie within about two thirds of `spread`, rare ones far outside (log-normal). */
export function factor(random: Random, spread: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.exp(spread * normal);
}
