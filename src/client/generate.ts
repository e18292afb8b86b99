import { LayersError } from '../model/errors.js';
import type { Edition } from './LayersClient.js';

/** What to make. Which fields a format needs is the API's to say: it answers 422 with the field's path. */
export interface GenerateInput {
  /** `slideshow-builder`, `ugc-remix`, `video-remix`, `slideshow-remix`; in the old edition also `auto`. */
  format: string;
  /** 1 to 2,000 characters; line breaks and emoji are kept. */
  hook?: string | undefined;
  influencerId?: string | undefined;
  socialAccountId?: string | undefined;
  /** For ugc-remix: the app demo to use. */
  mediaId?: string | undefined;
  /** For the two remix formats: what to remix. */
  tiktokVideoId?: string | undefined;
  /** Old edition only: the brief. `hook` and `influencerId` are put into it. */
  brief?: Record<string, unknown> | undefined;
  /** Old edition only: 1 to 5. */
  variantCount?: number | undefined;
}

/** What a regeneration may change (content-items page). */
export interface RegenerateInput {
  /** Overrides fields of the brief. */
  patch?: Record<string, unknown> | undefined;
  preserveAssets?: boolean | undefined;
}

/** How to clone a post (content-items page). */
export interface ClonePostInput {
  mode: 'fork' | 'reimagine';
  /** 1 to 10. */
  variations?: number | undefined;
}

/** The route below `/v1/projects/:projectId/content` and the body that start a generation in one edition. */
export function generateRequest(input: GenerateInput, edition: Edition): { route: string; body: Record<string, unknown> } {
  const format = input.format;
  if (typeof format !== 'string' || !/^[A-Za-z][A-Za-z0-9_-]*$/.test(format))
    throw new LayersError({
      code: 'INVALID_INPUT',
      message: `layers-react: generate() needs a format such as 'ugc-remix', and got ${JSON.stringify(format) ?? 'none'}, so nothing was started.`,
      details: { path: 'format', value: format },
    });
  const { hook, influencerId, socialAccountId, mediaId, tiktokVideoId } = input;
  if (edition === 'current')
    return { route: format.replaceAll('_', '-'), body: { hook, influencerId, socialAccountId, mediaId, tiktokVideoId } };
  return {
    route: '',
    body: {
      format: format.replaceAll('-', '_'),
      brief: { ...input.brief, ...(hook !== undefined && { hook }), ...(influencerId !== undefined && { influencerId }) },
      variantCount: input.variantCount,
    },
  };
}
