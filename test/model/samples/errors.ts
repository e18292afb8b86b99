import { errorFromResponse } from '../../../src/model/errorBody.js';
import type { SampleCase } from './readSample.js';

/** The members of a `LayersError` that have to be right; `message` is not enumerable on an error, so each is named. */
function errorAt(status: number, expected: { code: string; message: string; requestId: string; details: unknown }): SampleCase {
  return {
    parse: (body) => {
      const error = errorFromResponse({ status, body, requestId: 'req_of_the_header', retryAfterMs: null });
      const { name, code, message, requestId, details, retryable, retryAfterMs } = error;
      return { name, code, message, status: error.status, requestId, details, retryable, retryAfterMs };
    },
    expected: { name: 'LayersError', ...expected, status, retryable: false, retryAfterMs: null },
  };
}

const notFound = errorAt(404, { code: 'NOT_FOUND', message: 'Container not found.', requestId: 'req_...', details: null });

const alreadyRejected = errorAt(409, {
  code: 'CONFLICT',
  message: 'Container is already rejected.',
  requestId: 'req_...',
  details: { approvalStatus: 'rejected' },
});

const cancelConflict = errorAt(409, {
  code: 'CONFLICT',
  message: 'Job cannot be canceled during this stage.',
  requestId: 'req_01HXA1NHZ4KYE8GP9Q2WX3BCDE',
  details: { subcode: 'JOB_CANCEL_UNAVAILABLE', jobId: 'job_01HXA1NHKJZXPV8R7Q6WSM5BCD', stage: 'opening_pr' },
});

/** Error envelopes, at the status of the page they come from. */
export const errorSamples: Record<string, SampleCase> = {
  'get-container.edition-new.error-404-not-found.json': notFound,
  'get-container.edition-old.error-404-not-found.json': notFound,
  'cancel-job.edition-new.error-409-conflict.json': cancelConflict,
  'cancel-job.edition-old.error-409-conflict.json': cancelConflict,
  'reject.edition-new.error-409-already-rejected.json': alreadyRejected,
  'reject.edition-old.error-409-already-rejected.json': alreadyRejected,
  'reject.edition-new.error-409-not-required.json': errorAt(409, {
    code: 'CONFLICT',
    message: 'Container does not require approval.',
    requestId: 'req_...',
    details: { approvalStatus: 'not_required' },
  }),
  'error.edition-new.approval-required.json': errorAt(403, {
    code: 'APPROVAL_REQUIRED',
    message: 'Content container cnt_7d18b9a1... is not approved.',
    requestId: 'req_01HXZ9G7KMV2QX8Y1S5RJW3B7T',
    details: { containerId: 'cnt_7d18b9a1-8b2c-4f3e-a4d5-6e7f8a9b0c1d', approvalStatus: 'pending' },
  }),
  'error.edition-old.approval-required.json': errorAt(403, {
    code: 'APPROVAL_REQUIRED',
    message: 'Content container cnt_01HXZ9... is not approved.',
    requestId: 'req_01HXZ9G7KMV2QX8Y1S5RJW3B7T',
    details: { containerId: 'cnt_01HXZ9G7KMV2QX8Y1S5RJW3B7T', approvalStatus: 'pending' },
  }),
};
