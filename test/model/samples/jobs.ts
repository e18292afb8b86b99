import { type CancelResult, type Job, parseCancelResult, parseJob } from '../../../src/model/index.js';
import type { SampleCase } from './readSample.js';

const accepted: Job = {
  jobId: 'job_01HX9Y6K7EJ4T2ABCDEF01234',
  kind: 'content_generate',
  status: 'running',
  rawStatus: 'running',
  progress: null,
  stage: 'queued',
  projectId: 'prj_254a4ce1-f4ca-42b1-9e36-17ca45ef3d39',
  locationUrl: '/v1/jobs/job_01HX9Y6K7EJ4T2ABCDEF01234',
  containerIds: ['cnt_7d18b9a1-8b2c-4f3e-a4d5-6e7f8a9b0c1d'],
  startedAt: '2026-04-18T12:04:11.000Z',
  finishedAt: null,
  result: null,
  error: null,
};

const oldAccepted: Job = {
  jobId: 'job_01HX9Y6K7EJ4T2ABCDEF01234',
  kind: 'content_generate',
  status: 'running',
  rawStatus: 'running',
  progress: null,
  stage: 'queued',
  projectId: '254a4ce1-f4ca-42b1-9e36-17ca45ef3d39',
  locationUrl: '/v1/jobs/job_01HX9Y6K7EJ4T2ABCDEF01234',
  containerIds: ['cnt_01HX9Y6K7EJ4T2ABCDEF'],
  startedAt: '2026-04-18T12:04:11.000Z',
  finishedAt: null,
  result: null,
  error: null,
};

const running: Job = {
  jobId: 'job_01HX9Y6K7EJ4T2ABCDEF01234',
  kind: 'content_generate',
  status: 'running',
  rawStatus: 'running',
  progress: 0.42,
  stage: 'generating_visuals',
  projectId: null,
  containerIds: [],
  startedAt: '2026-04-18T12:04:11.000Z',
  finishedAt: null,
  result: null,
  error: null,
};

function completed(containerId: string): Job {
  return {
    jobId: 'job_01HX9Y6K7EJ4T2ABCDEF01234',
    kind: 'content_generate',
    status: 'completed',
    rawStatus: 'completed',
    progress: null,
    stage: null,
    projectId: null,
    containerIds: [containerId],
    startedAt: null,
    finishedAt: '2026-04-18T12:07:33.000Z',
    result: { containerId, assets: [] },
    error: null,
  };
}

const canceled: CancelResult = { jobId: 'job_01HXA1NHKJZXPV8R7Q6WSM5BCD', accepted: true, reason: null };
const tooLate: CancelResult = { jobId: 'job_01HXA1NHKJZXPV8R7Q6WSM5BCD', accepted: false, reason: 'ALREADY_COMPLETED' };

/** Jobs, the 202 envelopes, and the answers to a cancel request. */
export const jobSamples: Record<string, SampleCase> = {
  'generate-content.edition-old.accepted-202.json': { parse: parseJob, expected: oldAccepted },
  'job-accepted.edition-old.running-202.json': { parse: parseJob, expected: oldAccepted },
  'job-accepted.edition-new.running-202.json': { parse: parseJob, expected: accepted },
  'job-accepted.edition-new.running-202-stage-null-www2.json': { parse: parseJob, expected: { ...accepted, stage: null } },
  'get-job.edition-new.running.json': { parse: parseJob, expected: running },
  'get-job.edition-old.running.json': { parse: parseJob, expected: running },
  'get-job.edition-new.completed.jsonc': { parse: parseJob, expected: completed('cnt_7d18b9a1-8b2c-4f3e-a4d5-6e7f8a9b0c1d') },
  'get-job.edition-old.completed.jsonc': { parse: parseJob, expected: completed('cnt_01HX9Y6K7EJ4T2ABCDEF') },
  'cancel-job.edition-new.accepted-202.json': { parse: parseCancelResult, expected: canceled },
  'cancel-job.edition-old.accepted-202.json': { parse: parseCancelResult, expected: canceled },
  'cancel-job.edition-new.already-terminal-200.json': { parse: parseCancelResult, expected: tooLate },
  'cancel-job.edition-old.already-terminal-200.json': { parse: parseCancelResult, expected: tooLate },
};
