import { humanize } from '../internal/humanize.js';

/** How the platforms that are known today write themselves; the set is open. */
const NAMES: Record<string, string> = {
  tiktok: 'TikTok',
  instagram: 'Instagram',
  youtube: 'YouTube',
  facebook: 'Facebook',
  linkedin: 'LinkedIn',
  x: 'X',
};

/** The name of a platform as people know it. */
export const platformName = (platform: string): string =>
  (Object.hasOwn(NAMES, platform) ? NAMES[platform] : undefined) ?? humanize(platform);
