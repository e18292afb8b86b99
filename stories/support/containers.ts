import type { Container } from '../../src/model/container.js';
import type { createPreviews } from './previews.js';
import { lastError } from './progress.js';

/** The moment that stories and tests tell times from. */
export const NOW = Date.parse('2026-11-22T10:00:00Z');

const blank: Container = {
  id: 'cnt_7d18b9a1-8b2c-4f3e-a4d5-6e7f8a9b0c1d',
  projectId: 'prj_254a4ce1-f4ba-42b1-9e36-17ca45ef3d39',
  status: 'completed',
  rawStatus: 'completed',
  approvalStatus: 'pending',
  rawApprovalStatus: 'pending',
  format: 'video-remix',
  creativeType: 'generated',
  hook: 'Your first\n30 days\nof running',
  caption: null,
  captions: [],
  firstComment: null,
  brief: null,
  influencerId: null,
  sourceTiktokId: null,
  mediaId: null,
  adsEnrollment: null,
  platformFit: null,
  preview: null,
  assets: [],
  lastError: null,
  createdAt: '2026-11-22T09:56:00Z',
  updatedAt: null,
  completedAt: null,
  failedAt: null,
};

/** A container with some values set by hand; the raw words follow. */
function containerOf(values: Partial<Container>): Container {
  const merged = { ...blank, ...values };
  return { ...merged, rawStatus: merged.status, rawApprovalStatus: merged.approvalStatus };
}

/** One of each, with the given media. */
export function createContainers(previews: ReturnType<typeof createPreviews>) {
  return {
    queued: containerOf({
      id: 'cnt_queued',
      status: 'queued',
      hook: 'POV: three minutes\nwithout your phone',
      createdAt: '2026-11-22T09:59:40Z',
    }),
    processing: containerOf({ id: 'cnt_processing', status: 'processing', createdAt: '2026-11-22T09:57:00Z' }),
    toApprove: containerOf({ id: 'cnt_to-approve', preview: previews.video }),
    approved: containerOf({
      id: 'cnt_approved',
      approvalStatus: 'approved',
      preview: previews.slideshow,
      hook: '3 plants that\nforgive you',
      createdAt: '2026-11-21T18:00:00Z',
    }),
    rejected: containerOf({
      id: 'cnt_rejected',
      approvalStatus: 'rejected',
      preview: previews.image,
      hook: 'Honey from\nnine streets away 🍯',
      createdAt: '2026-11-19T12:00:00Z',
    }),
    ready: containerOf({
      id: 'cnt_ready',
      approvalStatus: 'not_required',
      preview: previews.squareVideo,
      hook: 'One bottle.\nThat is the routine.',
      createdAt: '2026-11-22T07:00:00Z',
    }),
    failed: containerOf({
      id: 'cnt_failed',
      status: 'failed',
      lastError,
      hook: 'The calendar app\nthat respects\nyour evenings',
      createdAt: '2026-11-22T09:12:00Z',
    }),
    canceled: containerOf({ id: 'cnt_canceled', status: 'canceled', hook: null, caption: null, createdAt: '2026-11-02T12:00:00Z' }),
    withoutMedia: containerOf({
      id: 'cnt_without-media',
      approvalStatus: 'not_required',
      hook: 'A hook so long that it will never fit two lines of a card, however wide the card may be on a desktop',
      createdAt: '2025-12-31T12:00:00Z',
    }),
    unknown: containerOf({ id: 'cnt_unknown', status: 'unknown', approvalStatus: 'unknown', hook: 'Made slowly.\nGone quickly.' }),
  } satisfies Record<string, Container>;
}
