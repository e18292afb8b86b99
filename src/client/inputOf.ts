import type { Container } from '../model/container.js';
import { normalizeFormat } from '../model/status.js';
import type { Edition } from './clientOptions.js';
import type { GenerateInput, LegacyGenerateInput, OtherFormat } from './generate.js';

/**
 * The input that a container was generated from, as far as the API echoes it: for "Try again" (`generate(inputOf(container))`) or to prefill a form.
 *
 * A required field that the container doesn't carry is `''`, as in an untouched form: the account is never echoed, so content that was made for an account
 * without an influencer needs a `socialAccountId` before it can be sent. Until then `generate` rejects with `INVALID_INPUT` and names the field.
 *
 * @param container a whole record; a list row carries no echo fields
 * @param edition whose fields to use, that of the client that sends it. @default 'legacy' where the container has a `brief`, else 'current'
 * @returns `null` for uploads, and where the edition has no route for the format: without one, or `auto` in the current edition
 *
 * @example
 * const input = inputOf(container);
 * if (input) generate.mutate(input);
 */
export function inputOf(container: Container, edition: Edition = container.brief ? 'legacy' : 'current'): GenerateInput | null {
  const { format, creativeType } = container;
  if (format === null || creativeType === 'uploaded') return null;
  return edition === 'legacy' ? legacyInput(container, format) : currentInput(container, normalizeFormat(format));
}

function currentInput({ hook, influencerId, mediaId, sourceTiktokId }: Container, format: string): GenerateInput | null {
  const influencer = { influencerId: influencerId ?? '' };
  switch (format) {
    case 'auto':
      return null;
    case 'slideshow-builder':
      return { format, hook: hook ?? '', ...(influencerId !== null && { influencerId }) };
    case 'ugc-remix':
      return { format, ...influencer, ...(hook !== null && { hook }), ...(mediaId !== null && { mediaId }) };
    case 'video-remix':
    case 'slideshow-remix':
      return { format, ...influencer, tiktokVideoId: sourceTiktokId ?? '' };
    default:
      return {
        format: format as OtherFormat,
        ...(hook !== null && { hook }),
        ...(influencerId !== null && { influencerId }),
        ...(mediaId !== null && { mediaId }),
        ...(sourceTiktokId !== null && { tiktokVideoId: sourceTiktokId }),
      };
  }
}

function legacyInput({ hook, influencerId, brief }: Container, format: string): GenerateInput {
  const known = { brief: { ...brief }, ...(hook !== null && { hook }), ...(influencerId !== null && { influencerId }) };
  // A format with hyphens is one of the legacy edition as well, with a brief.
  return { format: format.replaceAll('-', '_'), ...known } as LegacyGenerateInput;
}
