import { describe, expect, test } from 'vitest';
import { parseContainer, parseContainerPage } from '../../src/model/index.js';
import { approvalSamples } from './samples/approvals.js';
import { containerSamples } from './samples/containers.js';
import { errorSamples } from './samples/errors.js';
import { jobSamples } from './samples/jobs.js';
import { progressSamples } from './samples/progress.js';
import { readSample, sampleNames, sampleWith } from './samples/readSample.js';

const parsed = { ...approvalSamples, ...containerSamples, ...errorSamples, ...jobSamples, ...progressSamples };

const notParsed = [
  'approval-policy.edition-old.gate-off.json',
  'approval-policy.edition-old.gate-on.json',
  'content-review-policy.edition-new.review-first-n.json',
  'credits.edition-new.ok.json',
  'generate-content.edition-old.request.json',
  'webhook-list-deliveries.edition-new.page.json',
  'webhook-list-deliveries.edition-old.page.json',
  'webhook-replay.edition-old.accepted.json',
  'webhook-test.edition-old.accepted.json',
  'whoami.edition-new.ok.json',
  'whoami.edition-old.ok.json',
];

const elsewhereInThisFile = ['get-container.edition-new.uploaded-platformFit-fragment.json', 'list-projects.edition-old.page.json'];

describe('bodies recorded from the documentation', () => {
  test.each(Object.entries(parsed))('%s', (name, { parse, expected }) => {
    expect(parse(readSample(name))).toStrictEqual(expected);
  });

  test('each is parsed or named as one that is not', () => {
    expect([...Object.keys(parsed), ...notParsed, ...elsewhereInThisFile].sort()).toEqual([...sampleNames].sort());
  });

  test('the platformFit fragment, in a synthetic uploaded container', () => {
    const body = sampleWith('get-container.edition-new.completed-video.json', {
      ...sampleWith('get-container.edition-new.uploaded-platformFit-fragment.json'),
      creativeType: 'uploaded',
      adsEnrollment: 'opted_out',
      format: null,
      hook: null,
    });
    const container = parseContainer(body);
    expect(container).toMatchObject({ creativeType: 'uploaded', adsEnrollment: 'opted_out', format: null, hook: null });
    expect(container.platformFit).toEqual([
      { platform: 'tiktok', ok: false, issues: ['800x800 image resolution too low (min 1080px on the short edge)'] },
      { platform: 'instagram', ok: false, issues: ['800x800 image resolution too low (min 1080px on the short edge)'] },
    ]);
  });

  test('a page of projects reads as containers of which nothing but the id is known', () => {
    const page = parseContainerPage(readSample('list-projects.edition-old.page.json'));
    expect(page.invalid).toEqual([]);
    expect(page.nextCursor).toBe('eyJpZCI6IjI1NGE0Y2UxIn0=');
    expect(page.containers.map((container) => container.id)).toEqual([
      '254a4ce1-f4ca-42b1-9e36-17ca45ef3d39',
      'be52669f-af2e-4448-93b5-715cd5df8163',
    ]);
    expect(page.containers[0]).toEqual({
      id: '254a4ce1-f4ca-42b1-9e36-17ca45ef3d39',
      projectId: null,
      status: 'unknown',
      rawStatus: '',
      approvalStatus: 'unknown',
      rawApprovalStatus: '',
      format: null,
      creativeType: 'generated',
      hook: null,
      caption: null,
      preview: null,
      lastError: null,
      createdAt: null,
      updatedAt: null,
      completedAt: null,
      failedAt: null,
    });
  });
});
