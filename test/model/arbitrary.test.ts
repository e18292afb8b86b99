import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isLayersError,
  type Asset,
  parseContainer,
  parseContainerPage,
  parseJob,
  parsePreview,
  parseProgress,
  type Preview,
} from '../../src/model/index.js';
import { readSample, sampleNames, sampleWith } from './samples/readSample.js';

const RUNS = 10_000;

const oddities: fc.Arbitrary<unknown> = fc.constantFrom<unknown[]>(
  undefined,
  null,
  -0,
  NaN,
  JSON.parse('1e999'),
  JSON.parse('-1e999'),
  Number.MAX_VALUE,
  -1,
  '',
  ' ',
  '\ud800',
  '__proto__',
  'javascript:alert(1)',
  'java\nscript:alert(1)',
  ' https://media.layers.com/a.mp4',
  '//media.layers.com/a.mp4',
  '/a.mp4',
  'file:///etc/passwd',
  'data:text/html,<script>',
  'data:image/png;base64,AAAA',
  'https://media.layers.com/a.mp4',
  'blob:https://app.example.com/1',
  '9:16',
  '0:0',
  'video',
  'image',
  'slideshow',
  'generating',
  JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
  JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`),
  JSON.parse(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`),
);

const junk = fc.oneof(oddities, fc.jsonValue({ maxDepth: 3 }), fc.string({ unit: 'binary' }), fc.webUrl(), fc.double());

interface Mutation {
  at: number;
  value: unknown;
  isDeleted: boolean;
}

const mutations: fc.Arbitrary<Mutation[]> = fc.array(fc.record({ at: fc.nat(), value: junk, isDeleted: fc.boolean() }), { maxLength: 5 });

/** Replaces or deletes members anywhere in a copy of a body. */
function mutate(body: unknown, changes: Mutation[]): unknown {
  const copy = structuredClone(body);
  for (const { at, value, isDeleted } of changes) {
    const places = placesIn(copy, 6);
    const place = places[at % Math.max(1, places.length)];
    if (place === undefined) break;
    if (isDeleted) Reflect.deleteProperty(place.owner, place.key);
    else Reflect.set(place.owner, place.key, value);
  }
  return copy;
}

function placesIn(value: unknown, depth: number): { owner: object; key: string }[] {
  if (typeof value !== 'object' || value === null || depth === 0) return [];
  return Object.entries(value).flatMap(([key, member]) => [{ owner: value, key }, ...placesIn(member, depth - 1)]);
}

const containers = sampleNames.filter((name) => /^(get|patch)-container\.(?!.*error)/.test(name)).map(readSample);
const slideshow = { kind: 'slideshow', primaryUrl: 'https://media.layers.com/1.jpg', imageUrls: ['https://media.layers.com/1.jpg'] };
const previews = [
  readSample('preview.edition-new.video.json'),
  slideshow,
  { ...slideshow, kind: 'image' },
  { ...slideshow, kind: 'model3d' },
];
const uploaded = sampleWith('get-container.edition-new.completed-video.json', {
  ...sampleWith('get-container.edition-new.uploaded-platformFit-fragment.json'),
  preview: slideshow,
});
const pages = [
  ...sampleNames.filter((name) => name.startsWith('list-')).map(readSample),
  { items: [...containers, uploaded], nextCursor: 'next' },
];
const progresses = sampleNames.filter((name) => name.startsWith('get-progress')).map(readSample);
const jobs = sampleNames.filter((name) => /^(get-job|job-accepted|generate-content.*202)/.test(name)).map(readSample);

const summaryKeys =
  'id projectId status rawStatus approvalStatus rawApprovalStatus format creativeType hook caption preview lastError createdAt updatedAt completedAt failedAt';
const containerKeys = `${summaryKeys} captions firstComment brief influencerId sourceTiktokId mediaId adsEnrollment platformFit assets`;
const progressKeys = 'containerId status rawStatus stage stageProgress etaSeconds updatedAt';
const jobKeys = 'jobId kind status rawStatus progress stage projectId containerIds startedAt finishedAt result error';
const previewKeys = 'kind primaryUrl thumbnailUrl imageUrls videoUrl hlsUrl durationMs aspectRatio';

/** Reads 10,000 bodies, a quarter of them arbitrary and the rest mutated, and hands every result to `check`, which throws. Returns how many were usable. */
function readAll<Result>(bodies: unknown[], parse: (json: unknown) => Result, check: (result: Result) => void): number {
  let usable = 0;
  const mutated = fc.tuple(fc.constantFrom(...bodies), mutations).map(([sample, changes]) => mutate(sample, changes));
  const body = fc.oneof({ weight: 1, arbitrary: junk }, { weight: 3, arbitrary: mutated });
  fc.assert(
    fc.property(body, (json) => {
      const result = resultOf(parse, json);
      if (result === undefined) return;
      usable += 1;
      assert.ok(isPlain(result), 'not plain JSON');
      assert.deepStrictEqual(JSON.parse(JSON.stringify(result)), result);
      check(result);
    }),
    { numRuns: RUNS },
  );
  assert.ok(!('polluted' in {}), 'the prototype of all objects was changed');
  return usable;
}

/** `undefined` where the body is of no use and the parser said so in the one way it may. */
function resultOf<Result>(parse: (json: unknown) => Result, json: unknown): Result | undefined {
  try {
    return parse(json);
  } catch (error) {
    if (isLayersError(error) && error.code === 'INVALID_RESPONSE' && typeof error.details?.['path'] === 'string') return undefined;
    throw error;
  }
}

function isPlain(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (Array.isArray(value)) return value.every(isPlain);
  return typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlain);
}

/** @param optional those that are left out where the API doesn't send them */
function hasKeys(value: object, keys: string, optional = ''): void {
  const others = Object.keys(value).filter((key) => !optional.split(' ').includes(key));
  assert.deepStrictEqual(others.sort(), keys.split(' ').sort());
}

function isSafe(url: string | null, isImage: boolean): void {
  if (url === null) return;
  // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
  const isTrick = /[\u0000-\u001f\u007f-\u009f]/.test(url) || /^\s|\s$/.test(url);
  const isAllowed = /^(https?:\/\/|blob:)/i.test(url) || (isImage && /^data:image\//i.test(url));
  assert.ok(!isTrick && isAllowed, `an unsafe URL came through: ${JSON.stringify(url)}`);
}

function isWithin(value: number | null, max: number): void {
  assert.ok(value === null || (value >= 0 && value <= max), `out of range: ${value}`);
}

function checkPreview(preview: Preview | null): void {
  if (preview === null) return;
  hasKeys(preview, preview.kind === 'unknown' ? `${previewKeys} rawKind` : previewKeys);
  isSafe(preview.primaryUrl, preview.kind === 'image' || preview.kind === 'slideshow');
  isSafe(preview.videoUrl, false);
  isSafe(preview.hlsUrl, false);
  for (const url of [preview.thumbnailUrl, ...preview.imageUrls]) isSafe(url, true);
  isWithin(preview.durationMs, Infinity);
  assert.match(preview.aspectRatio ?? '1:1', /^[\d.]+:[\d.]+$/);
}

function checkAsset(asset: Asset): void {
  hasKeys(asset, 'id kind url thumbnailUrl mimeType durationMs width height sizeBytes', 'checksumSha256 expiresAt');
  isSafe(asset.url, asset.kind === 'image' || asset.kind === null);
  isSafe(asset.thumbnailUrl, true);
}

describe(`${RUNS} arbitrary and mutated bodies: a plain result with every key, or INVALID_RESPONSE`, () => {
  test('parseContainer', () => {
    const usable = readAll([...containers, uploaded], parseContainer, (container) => {
      hasKeys(container, containerKeys);
      checkPreview(container.preview);
      container.assets.forEach(checkAsset);
    });
    expect(usable).toBeGreaterThan(RUNS / 4);
  });

  test('parseContainerPage', () => {
    const usable = readAll(pages, parseContainerPage, (page) => {
      hasKeys(page, 'containers nextCursor invalid');
      for (const container of page.containers) {
        hasKeys(container, summaryKeys, 'brief');
        checkPreview(container.preview);
      }
    });
    expect(usable).toBeGreaterThan(RUNS / 4);
  });

  test('parseProgress', () => {
    const usable = readAll(progresses, parseProgress, (snapshot) => {
      hasKeys(snapshot, progressKeys);
      isWithin(snapshot.stageProgress, 1);
      isWithin(snapshot.etaSeconds, Infinity);
    });
    expect(usable).toBeGreaterThan(RUNS / 4);
  });

  test('parseJob', () => {
    const usable = readAll(jobs, parseJob, (job) => {
      hasKeys(job, jobKeys, 'locationUrl');
      isWithin(job.progress, 1);
    });
    expect(usable).toBeGreaterThan(RUNS / 4);
  });

  test('parsePreview', () => {
    expect(readAll(previews, parsePreview, checkPreview)).toBeGreaterThan(RUNS / 4);
  });
});
