import { describe, expect, test } from 'vitest';
import { parseAsset, parsePreview, safeImageUrl, safeUrl } from '../../src/model/index.js';

const GOOD = 'https://media.layers.com/a.mp4';

const unsafe: [name: string, value: unknown][] = [
  ['javascript:', 'javascript:alert(1)'],
  ['JavaScript: in capitals', 'JaVaScRiPt:alert(1)'],
  ['javascript: with a comment that looks like a URL', 'javascript://media.layers.com/%0aalert(1)'],
  ['a newline inside the scheme', 'java\nscript:alert(1)'],
  ['a tab inside the scheme', 'java\tscript:alert(1)'],
  ['a NUL before the scheme', '\u0000javascript:alert(1)'],
  ['a newline inside a good URL', 'https://media.layers.com/\na.mp4'],
  ['a DEL', 'https://media.layers.com/\u007fa.mp4'],
  ['a C1 control character', 'https://media.layers.com/\u0085a.mp4'],
  ['a line separator', 'https://media.layers.com/\u2028a.mp4'],
  ['a lone surrogate', 'https://media.layers.com/\ud800.mp4'],
  ['a leading space', ` ${GOOD}`],
  ['a trailing space', `${GOOD} `],
  ['a leading no-break space', `\u00a0${GOOD}`],
  ['file:', 'file:///etc/passwd'],
  ['ftp:', 'ftp://media.layers.com/a.mp4'],
  ['vbscript:', 'vbscript:msgbox(1)'],
  ['data: of a page', 'data:text/html,<script>alert(1)</script>'],
  ['data: that only mentions an image', 'data:text/html;image/png,x'],
  ['a custom scheme', 'intent://media.layers.com#Intent;end'],
  ['a relative path', '/media/a.mp4'],
  ['a bare name', 'a.mp4'],
  ['a protocol-relative URL', '//media.layers.com/a.mp4'],
  ['https: without slashes', 'https:media.layers.com/a.mp4'],
  ['https: with one slash', 'https:/media.layers.com/a.mp4'],
  ['https: without a host', 'https://'],
  ['a host that is none', 'https://[media]/a.mp4'],
  ['a bare blob:', 'blob:'],
  ['a blob: without an origin', 'blob:6f0c3f0e'],
  ['a blob: of an origin that holds nothing', 'blob:https://app.example.com/'],
  ['a blob: of no host', 'blob:https:///6f0c3f0e'],
  ['a blob: of a script', 'blob:javascript:alert(1)'],
  ['an empty string', ''],
  ['null', null],
  ['undefined', undefined],
  ['a number', 42],
  ['an array of one URL', [GOOD]],
  ['an object that prints as a URL', { toString: () => GOOD }],
];

describe('safeUrl', () => {
  test.each([
    GOOD,
    'http://127.0.0.1:4173/media/a.mp4?token=x#t=0.001',
    'HTTPS://MEDIA.LAYERS.COM/A.MP4',
    'blob:https://app.example.com/6f0c3f0e',
    'blob:http://localhost:5173/6f0c3f0e',
    'blob:null/6f0c3f0e',
    'https://media.layers.com/.../ast_01HXZ9/video.mp4',
    'https://media.layers.com/ünï/🧠 a.mp4',
  ])('%s passes as sent', (value) => {
    expect(safeUrl(value)).toBe(value);
    expect(safeImageUrl(value)).toBe(value);
  });

  test.each(unsafe)('%s is null', (_, value) => {
    expect(safeUrl(value)).toBeNull();
    expect(safeImageUrl(value)).toBeNull();
  });

  test.each([
    'data:image/png;base64,iVBORw0KGgo=',
    'DATA:IMAGE/JPEG;base64,AAAA',
    'data:image/svg+xml;charset=utf-8,%3Csvg%20xmlns=%22http://www.w3.org/2000/svg%22/%3E',
    'data:image/gif,x',
  ])('%s passes as an image only', (value) => {
    expect(safeImageUrl(value)).toBe(value);
    expect(safeUrl(value)).toBeNull();
  });

  test.each(['data:image/png;base64', 'data:image/,x', 'data:image/png;base64,AA\nAA', ' data:image/png,x'])('%j is no image', (value) => {
    expect(safeImageUrl(value)).toBeNull();
  });
});

describe('every URL field', () => {
  test.each(unsafe)('%s never reaches a preview', (_, value) => {
    const bad = { primaryUrl: value, thumbnailUrl: value, videoUrl: value, imageUrls: [value, GOOD], hlsUrl: value };
    const expected = { primaryUrl: null, thumbnailUrl: null, videoUrl: null, imageUrls: [GOOD], hlsUrl: null };
    for (const kind of ['slideshow', 'image', 'carousel3d']) expect(parsePreview({ kind, ...bad })).toMatchObject(expected);
    expect(parsePreview({ kind: 'video', ...bad })).toBeNull();
    expect(parsePreview({ kind: 'video', ...bad, hlsUrl: GOOD })).toMatchObject({ ...expected, hlsUrl: GOOD });
  });

  test.each(unsafe)('%s never reaches an asset', (_, value) => {
    for (const kind of ['video', 'image', null]) {
      expect(parseAsset({ kind, url: value, thumbnailUrl: value })).toMatchObject({ url: null, thumbnailUrl: null });
    }
  });

  test('an unsafe videoUrl is null, not replaced by the primaryUrl', () => {
    expect(parsePreview({ kind: 'video', primaryUrl: GOOD, videoUrl: 'javascript:alert(1)' })).toMatchObject({
      primaryUrl: GOOD,
      videoUrl: null,
    });
  });

  test('data:image/* passes where an image is shown and nowhere else', () => {
    const data = 'data:image/png;base64,iVBORw0KGgo=';
    const all = { primaryUrl: data, thumbnailUrl: data, imageUrls: [data], videoUrl: data, hlsUrl: data };
    expect(parsePreview({ kind: 'image', ...all })).toMatchObject({ ...all, videoUrl: null, hlsUrl: null });
    expect(parsePreview({ kind: 'video', ...all })).toMatchObject({ ...all, primaryUrl: null, videoUrl: null, hlsUrl: null });
    expect(parsePreview({ kind: 'carousel3d', ...all })).toMatchObject({ primaryUrl: null, thumbnailUrl: data });
    expect(parseAsset({ kind: 'image', url: data }).url).toBe(data);
    expect(parseAsset({ kind: 'video', url: data }).url).toBeNull();
  });
});
