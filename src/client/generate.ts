import type { Edition } from './clientOptions.js';
import { InputChecks } from './inputChecks.js';

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

/**
 * A remix of a TikTok post: a video for about 120 credits, a slideshow for about 50 [reference/content/video-remix, reference/content/slideshow-remix].
 */
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

/**
 * Input of the legacy edition, with one route for all formats [reference/content/generate-content]. Formats are spelled with underscores; the hyphens of
 * the current edition are accepted together with a `brief`.
 */
export type LegacyGenerateInput =
  | (LegacyFields & { format: 'auto' | 'video_remix' | 'slideshow_remix' | 'ugc_remix' })
  | (LegacyFields & { format: 'video-remix' | 'slideshow-remix' | 'ugc-remix'; brief: Record<string, unknown> });

/**
 * A format that this version of the library doesn't know. The cast distinguishes it: a known format with a missing field stays a type error.
 *
 * @example
 * generate.mutate({ format: 'podcast-clip' as OtherFormat, hook });
 */
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

/**
 * The route below `/v1/projects/:projectId/content` and the body that start a generation in one edition. An empty string counts as omitted, because that is
 * the value of an untouched form input.
 *
 * @throws LayersError `INVALID_INPUT` with `details.issues`, one for each field
 */
export function generateRequest(input: GenerateInput, edition: Edition): { route: string; body: object } {
  const checks = new InputChecks('generate', input);
  const format = checks.format();
  const hook = checks.text('hook', { required: format === 'slideshow-builder' && edition === 'current', max: 2_000 });
  const influencerId = checks.text('influencerId');
  if (edition === 'current') {
    const isRemixOfPost = format === 'video-remix' || format === 'slideshow-remix';
    const tiktokVideoId = checks.text('tiktokVideoId', { required: isRemixOfPost });
    const socialAccountId = checks.text('socialAccountId');
    const mediaId = checks.text('mediaId');
    if ((isRemixOfPost || format === 'ugc-remix') && influencerId === undefined && socialAccountId === undefined)
      checks.add('influencerId', 'one_of', 'an influencerId or a socialAccountId');
    checks.notIn(edition, ['brief', 'variantCount']);
    checks.done();
    return { route: format, body: { hook, influencerId, socialAccountId, mediaId, tiktokVideoId } };
  }
  const brief = checks.record('brief') ?? {};
  const variantCount = checks.integer('variantCount', 1, 5);
  checks.notIn(edition, ['socialAccountId', 'mediaId', 'tiktokVideoId']);
  checks.done();
  const words = { hook: hook ?? brief['hook'], influencerId: influencerId ?? brief['influencerId'] };
  return { route: '', body: { format: format.replaceAll('-', '_'), brief: { ...brief, ...words }, variantCount } };
}

/** The body of a regeneration. @throws LayersError `INVALID_INPUT` */
export function regenerateBody(input: RegenerateInput): object {
  const checks = new InputChecks('regenerate', input);
  const body = { patch: checks.record('patch'), preserveAssets: checks.flag('preserveAssets') };
  checks.done();
  return body;
}

/** The body of a clone. @throws LayersError `INVALID_INPUT` */
export function cloneBody(input: ClonePostInput): object {
  const checks = new InputChecks('cloneFromPost', input);
  const mode = checks.text('mode', { required: true });
  if (mode !== undefined && mode !== 'fork' && mode !== 'reimagine') checks.add('mode', 'invalid', "'fork' or 'reimagine'");
  const variations = checks.integer('variations', 1, 10);
  checks.done();
  return { mode, variations };
}
