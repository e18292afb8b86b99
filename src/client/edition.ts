/**
 * Which edition of the API requests are written in: `current` (`processing`, hyphens, one route per format) or `legacy` (`generating`, underscores, one unified
 * route). Responses of both are always understood.
 */
export type Edition = 'current' | 'legacy';
