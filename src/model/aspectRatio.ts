const RATIO = /^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/;

/** An aspect ratio in colon form (`9:16`, `1.91:1`) as sent; `null` for anything else, `0:0` and `16/9` among it (model rule 4). */
export function readAspectRatio(value: unknown): string | null {
  const sides = typeof value === 'string' ? RATIO.exec(value) : null;
  if (sides === null) return null;
  const isSide = (side: string | undefined) => Number(side) > 0 && Number.isFinite(Number(side));
  return isSide(sides[1]) && isSide(sides[2]) ? sides[0] : null;
}

/** The reduced ratio of a size in whole pixels, 1080 × 1920 → `9:16`; `null` where a side is not known or not a positive whole number (model rule 2). */
export function aspectRatioOf(width: number | null, height: number | null): string | null {
  if (!isPixels(width) || !isPixels(height)) return null;
  const divisor = greatestCommonDivisor(width, height);
  return `${width / divisor}:${height / divisor}`;
}

function isPixels(side: number | null): side is number {
  return Number.isSafeInteger(side) && Number(side) > 0;
}

function greatestCommonDivisor(left: number, right: number): number {
  return right === 0 ? left : greatestCommonDivisor(right, left % right);
}
