import { describe, expect, test } from 'vitest';
import { parseAsset, parseContainer, parseJob, parsePreview, parseProgress } from '../../src/model/index.js';
import { aspectRatioOf, readAspectRatio } from '../../src/model/aspectRatio.js';
import { sampleWith } from './samples/readSample.js';

const progress = (changes: Record<string, unknown>) => parseProgress(sampleWith('get-progress.edition-new.processing.json', changes));
const preview = (changes: Record<string, unknown>) => parsePreview(sampleWith('preview.edition-new.video.json', changes));

// What JSON.parse makes of the texts 1e999, -1e999 and -0 among them.
const noNumbers = [undefined, null, NaN, Infinity, -Infinity, '0.5', '', true, [0.5], {}];

describe('shares', () => {
  test.each([
    [0, 0],
    [-0, 0],
    [0.42, 0.42],
    [1, 1],
    [1.5, 1],
    [42, 1],
    [-0.1, 0],
    [-5, 0],
  ])('%d is clamped to %d', (sent, expected) => {
    expect(progress({ stageProgress: sent }).stageProgress).toBe(expected);
    expect(parseJob({ jobId: 'job_1', progress: sent }).progress).toBe(expected);
  });

  test.each(noNumbers.map((value) => [value]))('%j is null', (value) => {
    expect(progress({ stageProgress: value }).stageProgress).toBeNull();
    expect(parseJob({ jobId: 'job_1', progress: value }).progress).toBeNull();
  });
});

describe('durations, sizes and estimates', () => {
  test.each([
    [0, 0],
    [-0, 0],
    [38, 38],
    [0.5, 0.5],
    [Number.MAX_VALUE, Number.MAX_VALUE],
  ])('%d reads as %d', (sent, expected) => {
    expect(progress({ etaSeconds: sent }).etaSeconds).toBe(expected);
    expect(preview({ durationMs: sent })?.durationMs).toBe(expected);
    expect(parseAsset({ durationMs: sent, sizeBytes: sent })).toMatchObject({ durationMs: expected, sizeBytes: expected });
  });

  test.each([-1, -0.001, ...noNumbers].map((value) => [value]))('%j is null', (value) => {
    expect(progress({ etaSeconds: value }).etaSeconds).toBeNull();
    expect(preview({ durationMs: value })?.durationMs).toBeNull();
    expect(parseAsset({ durationMs: value, width: value, height: value, sizeBytes: value })).toMatchObject({
      durationMs: null,
      width: null,
      height: null,
      sizeBytes: null,
    });
  });

  test('a terminal snapshot has no estimate, whatever it says', () => {
    expect(progress({ status: 'failed', etaSeconds: 38 }).etaSeconds).toBeNull();
    expect(progress({ status: 'a newer word', etaSeconds: 38 }).etaSeconds).toBe(38);
  });
});

describe('aspect ratios', () => {
  test.each(['9:16', '1:1', '16:9', '1.91:1', '4:5', '1080:1920'])('%s stays', (ratio) => {
    expect(readAspectRatio(ratio)).toBe(ratio);
    expect(preview({ aspectRatio: ratio })?.aspectRatio).toBe(ratio);
  });

  test.each(
    ['0:0', '0:16', '9:0', '9:0.0', '16/9', '9x16', '9:16:1', ':', '9:', '-9:16', '9: 16', ' 9:16', '9:16\n', '1e3:1', '.5:1', 'NaN:1', '']
      .concat(`${'9'.repeat(400)}:1`, `0.${'0'.repeat(400)}1:1`)
      .map((ratio): [unknown] => [ratio])
      .concat([[null], [undefined], [0.5625], [['9:16']]]),
  )('%j is null', (ratio) => {
    expect(readAspectRatio(ratio)).toBeNull();
    expect(preview({ aspectRatio: ratio })?.aspectRatio).toBeNull();
  });

  test.each([
    [1080, 1920, '9:16'],
    [1920, 1080, '16:9'],
    [800, 800, '1:1'],
    [1080, 1350, '4:5'],
    [1080, 1921, '1080:1921'],
    [0, 1920, null],
    [1080, 0, null],
    [-1080, -1920, null],
    [1080.5, 1920, null],
    [1e300, 1920, null],
    [null, 1920, null],
    [1080, null, null],
    [NaN, NaN, null],
  ])('%s x %s is %s', (width, height, ratio) => {
    expect(aspectRatioOf(width, height)).toBe(ratio);
    const assets = [{ kind: 'video', url: 'https://media.layers.com/a.mp4', width, height }];
    expect(parseContainer({ id: 'cnt_1', assets }).preview?.aspectRatio).toBe(ratio);
  });
});
