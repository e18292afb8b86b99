// Line and paragraph separators end a line in a script, and a lone surrogate makes encodeURIComponent throw: neither belongs in a URL.
const FORBIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;
// The two slashes are asked for because a browser resolves `https:media.mp4` as a path relative to an https page.
// A blob: URL is that of an origin, or of a document without one (`null`), and what it holds.
const ABSOLUTE = /^(?:https?:\/\/|blob:(?:[a-z][a-z0-9+.-]*:\/\/[^/]+|null)\/.)/i;
const IMAGE_DATA = /^data:image\/[a-z0-9.+-]+(?:;[^,]*)?,/i;
const SCHEMES = new Set(['https:', 'http:', 'blob:']);

/**
 * The URL as sent when it may be put into a page (`https:`, `http:` or `blob:`, absolute, no control character), else `null` (model rule 3).
 * A relative URL is `null` too: what it points at would depend on the page it is shown in.
 */
export function safeUrl(value: unknown): string | null {
  if (typeof value !== 'string' || hasTrick(value) || !ABSOLUTE.test(value)) return null;
  try {
    return SCHEMES.has(new URL(value).protocol) ? value : null;
  } catch {
    return null;
  }
}

/** {@link safeUrl} for what is shown in an `<img>` or as a poster: `data:image/*` passes as well (model rule 3). */
export function safeImageUrl(value: unknown): string | null {
  // SVG passes with the rest: as an image it runs no script and loads nothing, and browsers refuse to navigate to a data: URL.
  if (typeof value === 'string' && IMAGE_DATA.test(value)) return hasTrick(value) ? null : value;
  return safeUrl(value);
}

function hasTrick(value: string): boolean {
  return FORBIDDEN.test(value) || value !== value.trim();
}
