/** Which spelling of the wire is sent: `current` (`processing`, hyphens, one route a format) or `legacy` (`generating`, underscores, one unified route). Both are always understood. */
export type Edition = 'current' | 'legacy';
