import { parseProgress, type ProgressSnapshot } from '../../../src/model/index.js';
import type { SampleCase } from './readSample.js';

const completed: ProgressSnapshot = {
  containerId: 'cnt_7d18b9a1...',
  status: 'completed',
  rawStatus: 'completed',
  stage: 'finalizing',
  stageProgress: 1,
  etaSeconds: null,
  updatedAt: '2026-04-18T09:32:11Z',
};

const failed: ProgressSnapshot = {
  containerId: 'cnt_7d18b9a1...',
  status: 'failed',
  rawStatus: 'failed',
  stage: 'generating_visuals',
  stageProgress: 0.3,
  etaSeconds: null,
  updatedAt: '2026-04-18T09:30:41Z',
};

const processing: ProgressSnapshot = {
  containerId: 'cnt_7d18b9a1...',
  status: 'processing',
  rawStatus: 'processing',
  stage: 'generating_visuals',
  stageProgress: 0.42,
  etaSeconds: 38,
  updatedAt: '2026-04-18T09:30:04Z',
};

const old = { containerId: 'cnt_01HXZ9...' };

/** Readings of `GET /v1/content/:containerId/progress`. */
export const progressSamples: Record<string, SampleCase> = {
  'get-progress.edition-new.completed.json': { parse: parseProgress, expected: completed },
  'get-progress.edition-new.failed.json': { parse: parseProgress, expected: failed },
  'get-progress.edition-new.processing.json': { parse: parseProgress, expected: processing },
  'get-progress.edition-old.completed.json': { parse: parseProgress, expected: { ...completed, ...old } },
  'get-progress.edition-old.failed.json': { parse: parseProgress, expected: { ...failed, ...old } },
  'get-progress.edition-old.generating.json': { parse: parseProgress, expected: { ...processing, ...old, rawStatus: 'generating' } },
};
