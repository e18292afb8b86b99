import type { Edition } from './edition.js';
import { InputChecks } from './inputChecks.js';

/** What to make. What can be told to be wrong before it is sent (a missing field, a text that is too long) rejects with `INVALID_INPUT` and costs nothing. */
export interface GenerateInput {
  /** `slideshow-builder`, `ugc-remix`, `video-remix`, `slideshow-remix`; in the old edition also `auto`. An open set: others are sent as they are. */
  format: string;
  /** 1 to 2,000 characters; line breaks and emoji are kept. Needed by slideshow-builder. */
  hook?: string | undefined;
  /** Who speaks. In the current edition the three remix formats need this or `socialAccountId`. */
  influencerId?: string | undefined;
  /** Current edition only: the account it is for, which may have an influencer of its own. */
  socialAccountId?: string | undefined;
  /** Current edition only, for ugc-remix: the app demo to use, where the project has none of its own. */
  mediaId?: string | undefined;
  /** Current edition only. Needed by video-remix and slideshow-remix: what to remix. */
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
  /** Keeps the old media in view until the new one is there. */
  preserveAssets?: boolean | undefined;
}

/** How to clone a post (content-items page). */
export interface ClonePostInput {
  /** `fork` keeps the idea, `reimagine` takes it further. */
  mode: 'fork' | 'reimagine';
  /** 1 to 10. @default 1 */
  variations?: number | undefined;
}

const LONGEST_HOOK = 2_000;
const REMIXES = ['ugc-remix', 'video-remix', 'slideshow-remix'];

/**
 * The route below `/v1/projects/:projectId/content` and the body that start a generation in one edition. An empty text counts as not given: that is what
 * an untouched input of a form holds.
 *
 * @throws LayersError `INVALID_INPUT` with `details.issues`, one for each field
 */
export function generateRequest(input: GenerateInput, edition: Edition): { route: string; body: Record<string, unknown> } {
  const checks = new InputChecks('generate', input);
  const format = checks.format();
  const hook = checks.text('hook', { required: format === 'slideshow-builder' && edition === 'current', max: LONGEST_HOOK });
  const influencerId = checks.text('influencerId');
  if (edition === 'current') {
    const tiktokVideoId = checks.text('tiktokVideoId', { required: format === 'video-remix' || format === 'slideshow-remix' });
    const socialAccountId = checks.text('socialAccountId');
    const mediaId = checks.text('mediaId');
    if (REMIXES.includes(format) && influencerId === undefined && socialAccountId === undefined)
      checks.add('influencerId', 'one_of', 'an influencerId or a socialAccountId');
    checks.notIn(edition, ['brief', 'variantCount']);
    checks.done();
    return { route: format, body: { hook, influencerId, socialAccountId, mediaId, tiktokVideoId } };
  }
  const brief = checks.record('brief');
  const variantCount = checks.integer('variantCount', 1, 5);
  checks.notIn(edition, ['socialAccountId', 'mediaId', 'tiktokVideoId']);
  checks.done();
  const words = { ...(hook !== undefined && { hook }), ...(influencerId !== undefined && { influencerId }) };
  return { route: '', body: { format: format.replaceAll('-', '_'), brief: { ...brief, ...words }, variantCount } };
}

/** The body of a regeneration. @throws LayersError `INVALID_INPUT` */
export function regenerateBody(input: RegenerateInput): object {
  const checks = new InputChecks('regenerate', input);
  const patch = checks.record('patch');
  const preserveAssets = checks.flag('preserveAssets');
  checks.done();
  return { patch, preserveAssets };
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
