import { describe, expect, test } from 'vitest';
import { parseContainer, parseContainerPage, parsePreview } from '../../src/model/index.js';

const A = 'https://media.layers.com/a';
const B = 'https://media.layers.com/b';
const C = 'https://media.layers.com/c';
const nothing = {
  primaryUrl: null,
  thumbnailUrl: null,
  imageUrls: [],
  videoUrl: null,
  hlsUrl: null,
  durationMs: null,
  aspectRatio: null,
};

const fromAssets = (assets: unknown) => parseContainer({ id: 'cnt_1', assets }).preview;
const fromRow = (row: Record<string, unknown>) => parseContainerPage({ items: [{ id: 'cnt_1', ...row }] }).containers[0]?.preview;

describe('a preview that was sent', () => {
  test('a slideshow keeps the order of its slides', () => {
    const sent = { kind: 'slideshow', primaryUrl: C, thumbnailUrl: C, imageUrls: [C, A, B], aspectRatio: '4:5' };
    expect(parsePreview(sent)).toStrictEqual({ ...nothing, ...sent });
  });

  test('an image without imageUrls shows its primaryUrl', () => {
    expect(parsePreview({ kind: 'image', primaryUrl: A, thumbnailUrl: A })).toStrictEqual({
      ...nothing,
      kind: 'image',
      primaryUrl: A,
      thumbnailUrl: A,
      imageUrls: [A],
    });
  });

  test('a video without videoUrl plays its primaryUrl, whether the key is missing or null', () => {
    const expected = { ...nothing, kind: 'video', primaryUrl: A, videoUrl: A };
    expect(parsePreview({ kind: 'video', primaryUrl: A })).toStrictEqual(expected);
    expect(parsePreview({ kind: 'video', primaryUrl: A, videoUrl: null, imageUrls: null })).toStrictEqual(expected);
  });

  test('a video keeps its own videoUrl and hlsUrl', () => {
    expect(parsePreview({ kind: 'video', primaryUrl: A, videoUrl: B, hlsUrl: C })).toMatchObject({ primaryUrl: A, videoUrl: B, hlsUrl: C });
  });

  test('null stays null, and is not built from the assets', () => {
    expect(parsePreview(null)).toBeNull();
    expect(parsePreview(undefined)).toBeNull();
    expect(parseContainer({ id: 'cnt_1', preview: null, assets: [{ kind: 'video', url: A }] }).preview).toBeNull();
    expect(fromRow({ preview: null, primaryAsset: { kind: 'video', thumbnailUrl: A } })).toBeNull();
  });

  test('a slideshow without any image and a video without any URL are null', () => {
    expect(parsePreview({ kind: 'slideshow', primaryUrl: null, thumbnailUrl: null, imageUrls: [] })).toBeNull();
    expect(parsePreview({ kind: 'slideshow', imageUrls: ['javascript:alert(1)', 7, null] })).toBeNull();
    expect(parsePreview({ kind: 'video', primaryUrl: null, videoUrl: null, thumbnailUrl: null })).toBeNull();
    expect(parsePreview({ kind: 'video', primaryUrl: 'javascript:alert(1)', durationMs: 9200 })).toBeNull();
  });

  test.each(['primaryUrl', 'videoUrl', 'hlsUrl', 'thumbnailUrl'])('a video with only %s stays', (key) => {
    expect(parsePreview({ kind: 'video', [key]: A })).toMatchObject({ kind: 'video', [key]: A });
  });

  test('a slideshow of which only the first slide is named shows that one', () => {
    expect(parsePreview({ kind: 'slideshow', primaryUrl: A })).toMatchObject({ kind: 'slideshow', imageUrls: [A] });
  });

  test('a kind this version does not know keeps its word and its link', () => {
    const carousel = { kind: 'unknown', rawKind: 'carousel3d', ...nothing, primaryUrl: `${A}.jpg` };
    expect(parsePreview({ kind: 'carousel3d', primaryUrl: `${A}.jpg` })).toStrictEqual(carousel);
    expect(parsePreview({ kind: 'constructor' })).toStrictEqual({ kind: 'unknown', rawKind: 'constructor', ...nothing });
    expect(parsePreview({})).toStrictEqual({ kind: 'unknown', rawKind: '', ...nothing });
  });

  test.each([['https://media.layers.com/a.mp4'], [42], [true], [[]]])('%j in place of a preview is no media', (preview) => {
    expect(parseContainer({ id: 'cnt_1', preview, assets: [] }).preview).toBeNull();
  });
});

describe('a preview built from assets', () => {
  test('a video asset is a video, wherever it stands, with the ratio of its size', () => {
    const video = { kind: 'video', url: A, thumbnailUrl: B, durationMs: 9200, width: 1080, height: 1920 };
    expect(fromAssets([{ kind: 'image', url: C }, video])).toStrictEqual({
      ...nothing,
      kind: 'video',
      primaryUrl: A,
      videoUrl: A,
      thumbnailUrl: B,
      durationMs: 9200,
      aspectRatio: '9:16',
    });
  });

  test('two images are a slideshow in order', () => {
    const assets = [
      { kind: 'image', url: B, width: 800, height: 800 },
      { kind: 'image', url: A },
    ];
    expect(fromAssets(assets)).toStrictEqual({
      ...nothing,
      kind: 'slideshow',
      primaryUrl: B,
      thumbnailUrl: B,
      imageUrls: [B, A],
      aspectRatio: '1:1',
    });
  });

  test('one image is an image', () => {
    expect(fromAssets([{ kind: 'image', url: A }])).toStrictEqual({
      ...nothing,
      kind: 'image',
      primaryUrl: A,
      thumbnailUrl: A,
      imageUrls: [A],
    });
  });

  test('a MIME type tells where the kind is missing, and only there', () => {
    expect(fromAssets([{ mimeType: 'video/mp4', url: A }])).toMatchObject({ kind: 'video', videoUrl: A });
    expect(fromAssets([{ mimeType: 'image/webp', url: A }])).toMatchObject({ kind: 'image', imageUrls: [A] });
    expect(fromAssets([{ kind: 'captions', mimeType: 'image/webp', url: A }])).toBeNull();
  });

  test('a playable video comes before one that has only a poster', () => {
    const poster = { kind: 'video', thumbnailUrl: B };
    expect(fromAssets([poster, { kind: 'video', url: A }])).toMatchObject({ kind: 'video', videoUrl: A });
    expect(fromAssets([poster])).toMatchObject({ kind: 'video', primaryUrl: null, videoUrl: null, thumbnailUrl: B });
  });

  test.each([
    ['no assets', []],
    ['null', null],
    ['no URL', [{ kind: 'video' }, { kind: 'image' }]],
    ['no safe URL', [{ kind: 'video', url: 'file:///etc/passwd' }]],
    ['no object', [null, 'video', 3, []]],
  ])('%s is no media', (_, assets) => {
    expect(fromAssets(assets)).toBeNull();
  });
});

describe('a preview built from the primaryAsset of a list row', () => {
  test('a video shows its poster and plays nothing', () => {
    expect(fromRow({ primaryAsset: { assetId: 'ast_1', kind: 'video', thumbnailUrl: A, durationMs: 9200 } })).toStrictEqual({
      ...nothing,
      kind: 'video',
      thumbnailUrl: A,
      durationMs: 9200,
    });
  });

  test('an image shows its poster', () => {
    expect(fromRow({ primaryAsset: { kind: 'image', thumbnailUrl: A } })).toStrictEqual({ ...nothing, kind: 'image', thumbnailUrl: A });
  });

  test('without a poster, or without a primaryAsset, there is no media', () => {
    expect(fromRow({ primaryAsset: { kind: 'video', thumbnailUrl: null } })).toBeNull();
    expect(fromRow({ primaryAsset: null })).toBeNull();
    expect(fromRow({})).toBeNull();
  });

  test('a preview of its own comes first', () => {
    const preview = { kind: 'image', primaryUrl: B };
    expect(fromRow({ preview, primaryAsset: { kind: 'video', thumbnailUrl: A } })).toMatchObject({ kind: 'image', primaryUrl: B });
  });
});
