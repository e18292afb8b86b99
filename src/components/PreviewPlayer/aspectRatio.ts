/** Where neither the data nor the caller names a ratio: the format of short vertical video. */
const DEFAULT_RATIO = '9:16';

/** A ratio as `width:height`, from `9:16` or `9/16`; {@link DEFAULT_RATIO} for anything that is none. */
export function normalizeRatio(ratio: string | null | undefined): string {
  const sides = typeof ratio === 'string' ? ratio.split(/[:/]/).map((side) => Number(side.trim())) : [];
  const [width = 0, height = 0] = sides;
  const isRatio = sides.length === 2 && width > 0 && height > 0 && Number.isFinite(width / height) && width / height > 0;
  return isRatio ? `${width}:${height}` : DEFAULT_RATIO;
}
