import { hash32 } from '../random.js';
import { cancelJob, jobAt, type JobRecord } from '../jobs.js';
import { conflict, notFound } from '../problem.js';
import { wireTimeExact } from '../time.js';
import { jobResult } from '../wire/job.js';
import { maySee, ok, type Call, type Route } from './route.js';

/** Reading and canceling jobs [concepts/jobs, reference/jobs/get-job, cancel-job]. */
export const jobRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/jobs/:jobId',
    endpointClass: 'read-light',
    scope: 'jobs:read',
    handle(call) {
      const body = jobBody(call, jobOf(call));
      const text = JSON.stringify(body);
      const etag = `"${hash32(text).toString(16)}${hash32(`${text}|`).toString(16)}"`;
      return matches(call.headers.get('if-none-match'), etag)
        ? { status: 304, body: null, headers: { ETag: etag } }
        : ok(body, { ETag: etag });
    },
  },
  {
    method: 'POST',
    path: '/v1/jobs/:jobId/cancel',
    endpointClass: 'write-light',
    scope: 'jobs:cancel',
    handle(call) {
      const job = jobOf(call);
      const { jobId } = job;
      const { status, stage } = jobAt(job, call.now);
      if (status !== 'running') return ok({ jobId, accepted: false, reason: 'ALREADY_COMPLETED' });
      // The documentation shows a stage that cannot be canceled for another kind of job; for content it is taken to be the last.
      if (stage === 'finalizing') {
        throw conflict('Job cannot be canceled during this stage.', { subcode: 'JOB_CANCEL_UNAVAILABLE', jobId, stage });
      }
      cancelJob(job, call.now);
      call.world.outbox?.changed();
      return { status: 202, body: { jobId, accepted: true } };
    },
  },
];

function jobOf({ world, caller, param }: Call): JobRecord {
  const job = world.jobs.get(param('jobId'));
  if (!job || !maySee(caller, job.projectId)) throw notFound('Job');
  return job;
}

function jobBody(call: Call, job: JobRecord): Record<string, unknown> {
  const { status, stage, progress, finishedAt, error } = jobAt(job, call.now);
  const base = { jobId: job.jobId, kind: 'content_generate', status };
  const startedAt = wireTimeExact(job.startedAt);
  if (finishedAt === null) return { ...base, progress, stage, startedAt };
  return {
    ...base,
    startedAt,
    finishedAt: wireTimeExact(finishedAt),
    ...(status === 'completed' && { result: jobResult(job, call.world.store, call.wire, call.context) }),
    ...(error && { error }),
  };
}

function matches(header: string | null, etag: string): boolean {
  if (header === null) return false;
  return header.split(',').some((candidate) => candidate.trim() === '*' || candidate.trim().replace(/^W\//, '') === etag);
}
