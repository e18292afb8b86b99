import { assertType, describe, expectTypeOf, test } from 'vitest';
import {
  type GenerateInput,
  isLayersError,
  LayersError,
  type LayersErrorCode,
  type OtherFormat,
  type SlideshowBuilderInput,
} from '../../src/core.js';

describe('the code of an error', () => {
  const { code } = new LayersError({ code: 'NOT_FOUND', message: 'Gone.' });

  test('is a union that lists what is known', () => {
    expectTypeOf(code).toEqualTypeOf<LayersErrorCode>();
    expectTypeOf<LayersErrorCode>().not.toEqualTypeOf<string>();
    expectTypeOf<Extract<LayersErrorCode, 'BILLING_EXHAUSTED'>>().toEqualTypeOf<'BILLING_EXHAUSTED'>();
    expectTypeOf<Extract<LayersErrorCode, 'API_KEY_IN_BROWSER'>>().toEqualTypeOf<'API_KEY_IN_BROWSER'>();
    expectTypeOf<Extract<LayersErrorCode, 'UPSTREAM_TIMEOUT'>>().toEqualTypeOf<'UPSTREAM_TIMEOUT'>();
    expectTypeOf<Extract<LayersErrorCode, `HTTP_${number}`>>().toEqualTypeOf<`HTTP_${number}`>();
    expectTypeOf<Extract<LayersErrorCode, 'BILING_EXHAUSTED'>>().toBeNever();
  });

  test('stays open for what a newer server says', () => {
    new LayersError({ code: 'OF_TOMORROW', message: 'New.' });
    expectTypeOf<string>().toExtend<LayersErrorCode>();
    const caught: unknown = null;
    if (isLayersError(caught)) expectTypeOf(caught.code).toExtend<string>();
    // @ts-expect-error a code is a text
    new LayersError({ code: 404, message: 'Gone.' });
  });
});

describe('what to generate', () => {
  test('a slideshow needs its hook', () => {
    assertType<GenerateInput>({ format: 'slideshow-builder', hook: 'Hi' });
    assertType<GenerateInput>({ format: 'slideshow-builder', hook: 'Hi', socialAccountId: 'sac_1', influencerId: undefined });
    // @ts-expect-error no hook
    assertType<GenerateInput>({ format: 'slideshow-builder', influencerId: 'inf_1' });
    // @ts-expect-error a slideshow remixes nothing
    assertType<GenerateInput>({ format: 'slideshow-builder', hook: 'Hi', tiktokVideoId: '1' });
  });

  test('a person who speaks needs an account or an influencer', () => {
    assertType<GenerateInput>({ format: 'ugc-remix', influencerId: 'inf_1' });
    assertType<GenerateInput>({ format: 'ugc-remix', socialAccountId: 'sac_1', hook: 'Hi', mediaId: 'med_1' });
    assertType<GenerateInput>({ format: 'ugc-remix', socialAccountId: 'sac_1', influencerId: 'inf_1' });
    // @ts-expect-error neither
    assertType<GenerateInput>({ format: 'ugc-remix', hook: 'Hi' });
    // @ts-expect-error undefined is not an account
    assertType<GenerateInput>({ format: 'ugc-remix', socialAccountId: undefined });
  });

  test('a remix needs its source as well', () => {
    for (const format of ['video-remix', 'slideshow-remix'] as const)
      assertType<GenerateInput>({ format, tiktokVideoId: '1', influencerId: 'inf_1' });
    // @ts-expect-error no source
    assertType<GenerateInput>({ format: 'video-remix', influencerId: 'inf_1' });
    // @ts-expect-error no account and no influencer
    assertType<GenerateInput>({ format: 'slideshow-remix', tiktokVideoId: '1' });
  });

  test('the legacy edition has a brief, variants and underscores', () => {
    assertType<GenerateInput>({ format: 'auto' });
    assertType<GenerateInput>({ format: 'ugc_remix', hook: 'Hi', variantCount: 3 });
    assertType<GenerateInput>({ format: 'ugc-remix', brief: { topic: 'Evenings' }, variantCount: 3 });
    // @ts-expect-error the legacy edition remixes no TikTok video
    assertType<GenerateInput>({ format: 'video_remix', tiktokVideoId: '1' });
    // @ts-expect-error a brief is an object
    assertType<GenerateInput>({ format: 'auto', brief: 'Evenings' });
    // @ts-expect-error the current edition has no variants
    assertType<GenerateInput>({ format: 'slideshow-builder', hook: 'Hi', variantCount: 3 });
  });

  test('a format of a newer server is said to be one', () => {
    assertType<GenerateInput>({ format: 'of-tomorrow' as OtherFormat, hook: 'Hi', mediaId: 'med_1' });
    const chosen: string = 'of-tomorrow';
    assertType<GenerateInput>({ format: chosen as OtherFormat });
    // @ts-expect-error a typing mistake is not a new format
    assertType<GenerateInput>({ format: 'ugc-remx', influencerId: 'inf_1' });
    // @ts-expect-error nor is an arbitrary text
    assertType<GenerateInput>({ format: chosen });
  });

  test('has a member for each format', () => {
    expectTypeOf<Extract<GenerateInput, { format: 'slideshow-builder' }>>().toEqualTypeOf<SlideshowBuilderInput>();
    expectTypeOf<GenerateInput['format']>().not.toEqualTypeOf<string>();
  });

  test('loose values of a form can be cast', () => {
    const fields: { format: string; hook?: string; influencerId?: string } = { format: 'ugc-remix' };
    assertType<GenerateInput>(fields as GenerateInput);
    // @ts-expect-error a number is no format
    assertType<GenerateInput>({ format: 7 } as GenerateInput);
  });
});
