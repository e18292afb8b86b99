import type { Container, ContainerSummary } from '../../model/container.js';

/** A text that will be posted. */
export interface PostText {
  kind: 'caption' | 'captions' | 'firstComment';
  /** Whose it is, as sent; `[]`: of all, or nobody says. */
  platforms: string[];
  /** Exactly as sent. */
  text: string;
}

/**
 * The texts of a container, each once: the captions by platform, those that read the same together; the caption itself where it isn't one of them; the first
 * comment. What is missing or blank is left out.
 */
export function postTexts(container: ContainerSummary & Partial<Container>): PostText[] {
  const { caption, captions = [], firstComment = null } = container;
  const byText = new Map<string, string[]>();
  for (const { platform, text } of captions) {
    if (text.trim() !== '') byText.set(text, [...(byText.get(text) ?? []), platform]);
  }
  const texts: PostText[] = [...byText].map(([text, platforms]) => {
    const named = [...new Set(platforms)].filter((platform) => platform.trim() !== '');
    return { kind: named.length === 0 ? 'caption' : 'captions', platforms: named, text };
  });
  if (caption !== null && caption.trim() !== '' && !byText.has(caption)) texts.unshift({ kind: 'caption', platforms: [], text: caption });
  if (firstComment !== null && firstComment.trim() !== '') texts.push({ kind: 'firstComment', platforms: [], text: firstComment });
  return texts;
}

/** How long a container is: a video's milliseconds, or the number of slides; `null`: nobody says. */
export function postLength({ preview, assets = [] }: ContainerSummary & Partial<Container>): { ms: number } | { slides: number } | null {
  if (!preview) return null;
  if (preview.kind === 'video') {
    const ms = preview.durationMs ?? assets.find(({ kind, durationMs }) => kind === 'video' && durationMs !== null)?.durationMs ?? null;
    return ms === null ? null : { ms };
  }
  return preview.imageUrls.length > 1 ? { slides: preview.imageUrls.length } : null;
}
