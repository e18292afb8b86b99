import type { Edition } from './clientOptions.js';
import { type Check, checkInput, flag, integer, notIn, record, text } from './inputChecks.js';

/** Who presents the content: an account, which may have its own influencer, or an influencer. One of the two is required. */
export type AccountOrInfluencer =
  | { socialAccountId: string; influencerId?: string | undefined }
  | { influencerId: string; socialAccountId?: string | undefined };

/** A slideshow from an opening line; about 50 credits [reference/content/slideshow-builder]. */
export interface SlideshowBuilderInput {
  format: 'slideshow-builder';
  /** The opening line: 1 to 2,000 characters. Line breaks and emoji are kept. */
  hook: string;
  /** The account that the slideshow is for. */
  socialAccountId?: string | undefined;
  influencerId?: string | undefined;
}

/** A creator talks about the app; about 120 credits [reference/content/ugc-remix]. */
export type UgcRemixInput = AccountOrInfluencer & {
  format: 'ugc-remix';
  /** The opening line: 1 to 2,000 characters. */
  hook?: string | undefined;
  /** The app demo to use; required if the project has none (`MISSING_APP_DEMO`). */
  mediaId?: string | undefined;
};

/** A remix of a TikTok post: a video for about 120 credits, a slideshow for about 50 [reference/content/video-remix, reference/content/slideshow-remix]. */
export type SourceRemixInput = AccountOrInfluencer & {
  format: 'video-remix' | 'slideshow-remix';
  /** The post to remix. `slideshow-remix` requires a slideshow (`NOT_A_SLIDESHOW`). */
  tiktokVideoId: string;
};

interface LegacyFields {
  /** Becomes `brief.hook`: 1 to 2,000 characters. */
  hook?: string | undefined;
  /** Becomes `brief.influencerId`. */
  influencerId?: string | undefined;
  /** The creative brief: `topic`, `angle`, `cta`, `valuePropositions`, … */
  brief?: Record<string, unknown> | undefined;
  /** How many containers to create: 1 to 5. @default 1 */
  variantCount?: number | undefined;
}

/** Input of the legacy edition [reference/content/generate-content]. Formats have underscores; with a `brief`, the current edition's hyphens are accepted. */
export type LegacyGenerateInput =
  | (LegacyFields & { format: 'auto' | 'video_remix' | 'slideshow_remix' | 'ugc_remix' })
  | (LegacyFields & { format: 'video-remix' | 'slideshow-remix' | 'ugc-remix'; brief: Record<string, unknown> });

/** A format that this version of the library doesn't know: `'podcast-clip' as OtherFormat`. A known format with a missing field stays a type error. */
export type OtherFormat = string & { readonly __layersFormat: 'other' };

/** Input for a format of a newer API: every field is optional, and the API validates. */
export interface OtherGenerateInput extends LegacyFields {
  format: OtherFormat;
  socialAccountId?: string | undefined;
  mediaId?: string | undefined;
  tiktokVideoId?: string | undefined;
}

/**
 * What to generate: a union by `format`, each with the fields of its route. Input that is invalid before it is sent (a missing field, a text that is too
 * long) rejects with `INVALID_INPUT` and costs nothing, so a form can hold loose values, cast them, and show `problem.fields`.
 */
export type GenerateInput = SlideshowBuilderInput | UgcRemixInput | SourceRemixInput | LegacyGenerateInput | OtherGenerateInput;

/** Input of a regeneration (content-items page). */
export interface RegenerateInput {
  /** Overrides fields of the brief. */
  patch?: Record<string, unknown> | undefined;
  /** Keeps the old media until the new media is ready. @default false */
  preserveAssets?: boolean | undefined;
}

/** How to clone a post (content-items page). */
export interface ClonePostInput {
  /** `fork` keeps the idea, `reimagine` takes it further. */
  mode: 'fork' | 'reimagine';
  /** 1 to 10. @default 1 */
  variations?: number | undefined;
}

const format: Check<string> = (value, refuse) =>
  typeof value === 'string' && /^[A-Za-z][A-Za-z0-9_-]*$/.test(value)
    ? value.replaceAll('_', '-')
    : refuse(value === undefined ? 'required' : 'invalid', "a format such as 'ugc-remix'");

/** The current edition has a route for each format, and none that chooses one: its server part would answer 404. */
const currentFormat: Check<string> = (value, refuse) =>
  value === 'auto' ? refuse('not_supported', "a format such as 'ugc-remix'; 'auto' is the legacy edition's") : format(value, refuse);

const influencerOrAccount: Check<string> = (value, refuse) =>
  value === undefined ? refuse('one_of', 'an influencerId or a socialAccountId') : text()(value, refuse);

const mode: Check = (value, refuse) =>
  value === 'fork' || value === 'reimagine' ? value : refuse(value === undefined ? 'required' : 'invalid', "'fork' or 'reimagine'");

/** The route after `/v1/projects/:projectId/content` and the body of a generation. @throws LayersError `INVALID_INPUT` with an issue for each field */
export function generateRequest(input: GenerateInput, edition: Edition): { route: string; body: object } {
  const isCurrent = edition === 'current';
  const given: Partial<Record<string, unknown>> = { ...input };
  const name = String(given['format']).replaceAll('_', '-');
  const isPostRemix = name === 'video-remix' || name === 'slideshow-remix';
  const needsInfluencer = isCurrent && (isPostRemix || name === 'ugc-remix') && !given['socialAccountId'];
  const checks = {
    format: isCurrent ? currentFormat : format,
    hook: text({ required: isCurrent && name === 'slideshow-builder', max: 2_000 }),
    tiktokVideoId: isCurrent ? text({ required: isPostRemix }) : notIn(edition),
    influencerId: needsInfluencer ? influencerOrAccount : text(),
    socialAccountId: isCurrent ? text() : notIn(edition),
    mediaId: isCurrent ? text() : notIn(edition),
    brief: isCurrent ? notIn(edition) : record,
    variantCount: isCurrent ? notIn(edition) : integer(1, 5),
  };
  const { format: _, brief, variantCount, ...fields } = checkInput('generate', input, checks);
  if (isCurrent) return { route: `/${name}`, body: fields };
  const { hook = brief?.['hook'], influencerId = brief?.['influencerId'] } = fields;
  return { route: '', body: { format: name.replaceAll('-', '_'), brief: { ...brief, hook, influencerId }, variantCount } };
}

/** The body of a regeneration. @throws LayersError `INVALID_INPUT` */
export function regenerateBody(input: RegenerateInput): object {
  return checkInput('regenerate', input, { patch: record, preserveAssets: flag });
}

/** The body of a clone. @throws LayersError `INVALID_INPUT` */
export function cloneBody(input: ClonePostInput): object {
  return checkInput('cloneFromPost', input, { mode, variations: integer(1, 10) });
}
