import { safeUrl } from './url.js';

/** A piece of a caption. The texts of all pieces, joined, are the caption exactly. */
export type CaptionPart =
  | {
      /** `text` holds everything else, line breaks and emoji included. */
      kind: 'text' | 'hashtag' | 'mention';
      /** As written, with its `#` or `@`. */
      text: string;
    }
  | {
      kind: 'link';
      /** As written. */
      text: string;
      /** The same, safe to put in a page: `http:` or `https:`. */
      href: string;
    };

// The characters of a URL (RFC 3986), then those of a word. No lookbehind: Safari before 16.4 can't read a file that has one.
const TOKEN = /https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+|[#＃][\p{L}\p{N}\p{M}_\u200c\u30fb]+|@[\p{L}\p{N}\p{M}_.-]+/giu;
/** Before a tag that isn't one: the middle of a word, of an e-mail address, of a path or of an entity. */
const IN_WORD = /[\p{L}\p{N}\p{M}_#＃@&/]$/u;
/** Ends a sentence and not a link. */
const PUNCTUATION = /[.,;:!?'*_~]+$/;
/** Scripts that are written without spaces, so that a link ends where they begin. */
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Hangul}]/u;

/**
 * Splits a caption into what it is made of: plain text, hashtags, mentions and links, in order. Nothing is changed, added or left out.
 *
 * A link is an absolute `http:` or `https:` URL in plain ASCII, without credentials (`https://tiktok.com@other.example` leads to the latter). Everything else
 * that looks like one stays text.
 */
export function splitCaption(caption: string): CaptionPart[] {
  const parts: CaptionPart[] = [];
  let plainFrom = 0;
  for (const { 0: found, index } of caption.matchAll(TOKEN)) {
    const part = partOf(found, caption.slice(Math.max(0, index - 2), index), caption.slice(index + found.length, index + found.length + 2));
    if (part === null) continue;
    if (index > plainFrom) parts.push({ kind: 'text', text: caption.slice(plainFrom, index) });
    parts.push(part);
    plainFrom = index + part.text.length;
  }
  if (plainFrom < caption.length) parts.push({ kind: 'text', text: caption.slice(plainFrom) });
  return parts;
}

function partOf(found: string, before: string, after: string): CaptionPart | null {
  if (IN_WORD.test(before)) return null;
  if (found.startsWith('@')) {
    const text = found.replace(/[.-]+$/, '');
    return text === '@' ? null : { kind: 'mention', text };
  }
  if (!/^h/i.test(found)) return /[^#＃\p{N}_]/u.test(found) ? { kind: 'hashtag', text: found } : null;
  return linkOf(found, after);
}

function linkOf(found: string, after: string): CaptionPart | null {
  // A letter that no URL holds goes on in the next one: what would be cut off leads elsewhere.
  if (/^[\p{L}\p{N}\p{M}]/u.test(after) && !UNSPACED.test(after)) return null;
  const text = withoutEnd(found);
  const href = safeUrl(text);
  if (href === null) return null;
  const { username, password, hostname } = new URL(href);
  return username === '' && password === '' && /\w\.\w/.test(hostname) ? { kind: 'link', text, href } : null;
}

/** A link without the punctuation of its sentence, and without a bracket that it doesn't open. */
function withoutEnd(url: string): string {
  let text = url;
  for (;;) {
    const bare = text.replace(PUNCTUATION, '');
    const isOpen = (open: string, close: string) => bare.endsWith(close) && bare.split(open).length < bare.split(close).length;
    const next = isOpen('(', ')') || isOpen('[', ']') ? bare.slice(0, -1) : bare;
    if (next === text) return text;
    text = next;
  }
}
