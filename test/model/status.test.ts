import { describe, expect, test } from 'vitest';
import { containerKey, isTerminalStatus, parseContainer, parseContainerPage, parseJob, parseProgress } from '../../src/model/index.js';
import { normalizeFormat, readApprovalStatus, readContainerStatus } from '../../src/model/status.js';
import { sampleWith } from './samples/readSample.js';

const container = (changes: Record<string, unknown>) =>
  parseContainer(sampleWith('get-container.edition-new.completed-video.json', changes));
const progress = (changes: Record<string, unknown>) => parseProgress(sampleWith('get-progress.edition-new.processing.json', changes));
const job = (changes: Record<string, unknown>) => parseJob(sampleWith('get-job.edition-new.running.json', changes));

describe('container status', () => {
  test.each([
    ['queued', 'queued', false],
    ['processing', 'processing', false],
    ['generating', 'processing', false],
    ['completed', 'completed', true],
    ['failed', 'failed', true],
    ['canceled', 'canceled', true],
    ['cancelled', 'canceled', true],
    ['paused', 'unknown', false],
    ['Completed', 'unknown', false],
    ['constructor', 'unknown', false],
    ['__proto__', 'unknown', false],
    ['', 'unknown', false],
  ] as const)('%s reads as %s in a container, a row and a progress snapshot', (raw, status, isTerminal) => {
    expect(readContainerStatus(raw)).toBe(status);
    expect(isTerminalStatus(status)).toBe(isTerminal);
    expect(container({ status: raw })).toMatchObject({ status, rawStatus: raw });
    expect(parseContainerPage({ items: [{ id: 'cnt_1', status: raw }] }).containers[0]).toMatchObject({ status, rawStatus: raw });
    expect(progress({ status: raw })).toMatchObject({ status, rawStatus: raw });
  });

  test.each([[undefined], [null], [7], [['completed']], [{}]])('%j is no status: unknown, with an empty rawStatus', (status) => {
    expect(container({ status })).toMatchObject({ status: 'unknown', rawStatus: '' });
    expect(progress({ status })).toMatchObject({ status: 'unknown', rawStatus: '' });
  });
});

describe('approval status', () => {
  test.each([
    ['not_required', 'not_required'],
    ['pending', 'pending'],
    ['approved', 'approved'],
    ['rejected', 'rejected'],
    ['escalated', 'unknown'],
    ['toString', 'unknown'],
  ] as const)('%s reads as %s', (raw, approvalStatus) => {
    expect(readApprovalStatus(raw)).toBe(approvalStatus);
    expect(container({ approvalStatus: raw })).toMatchObject({ approvalStatus, rawApprovalStatus: raw });
  });

  test('absent on a container still in flight reads as unknown', () => {
    expect(container({ approvalStatus: null })).toMatchObject({ approvalStatus: 'unknown', rawApprovalStatus: '' });
  });
});

describe('job status', () => {
  test.each([
    ['running', 'running'],
    ['completed', 'completed'],
    ['failed', 'failed'],
    ['canceled', 'canceled'],
    ['cancelled', 'canceled'],
    ['suspended', 'running'],
  ] as const)('%s reads as %s', (raw, status) => {
    expect(job({ status: raw })).toMatchObject({ status, rawStatus: raw });
  });
});

describe('formats and origin', () => {
  test.each([
    ['video_remix', 'video-remix'],
    ['video-remix', 'video-remix'],
    ['slideshow_builder', 'slideshow-builder'],
    ['some_new_format', 'some-new-format'],
    ['auto', 'auto'],
  ])('format %s reads as %s', (raw, format) => {
    expect(normalizeFormat(raw)).toBe(format);
    expect(container({ format: raw }).format).toBe(format);
  });

  test('an upload has no format', () => {
    expect(container({ format: null, creativeType: 'uploaded' })).toMatchObject({ format: null, creativeType: 'uploaded' });
  });

  test.each([[undefined], [null], ['generated'], ['something newer'], [1]])('creativeType %j reads as generated', (creativeType) => {
    expect(container({ creativeType }).creativeType).toBe('generated');
  });
});

describe('ids', () => {
  test('a container has one cache key under both spellings, and keeps the id as sent', () => {
    const uuid = '7d18b9a1-8b2c-4f3e-a4d5-6e7f8a9b0c1d';
    expect(containerKey(`cnt_${uuid}`)).toBe(uuid);
    expect(containerKey(uuid)).toBe(uuid);
    expect(containerKey('cnt_cnt_1')).toBe('cnt_1');
    expect(containerKey('x_cnt_1')).toBe('x_cnt_1');
    expect(container({ id: uuid }).id).toBe(uuid);
    expect(container({ id: `cnt_${uuid}` }).id).toBe(`cnt_${uuid}`);
  });
});
