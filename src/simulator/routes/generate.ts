import { creditsFor } from '../credits.js';
import { createContainer, startJob, type NewContainer } from '../create.js';
import { isVideoSource } from '../draw.js';
import { invalid } from '../problem.js';
import type { ContainerRecord } from '../record.js';
import { wireTimeExact } from '../time.js';
import { Checks } from '../validate.js';
import { admit } from './admit.js';
import { projectOf, type Call, type Reply, type Route } from './route.js';

/** The four routes of the current edition; the format is the last part of the path [reference/content/slideshow-builder, …]. */
export const generateRoutes: readonly Route[] = [
  generateRoute('slideshow-builder', (call, checks) => ({
    hook: checks.text(call.body, 'hook', { required: true }),
    influencerId: influencer(call, checks, false),
  })),
  generateRoute('ugc-remix', (call, checks) => {
    const hook = checks.text(call.body, 'hook');
    const mediaId = checks.text(call.body, 'mediaId');
    const influencerId = influencer(call, checks, true);
    checks.done();
    if (mediaId === null && call.world.options.appDemo === false) {
      throw invalid([{ path: ['mediaId'], message: 'The project has no app demo' }], { code: 'MISSING_APP_DEMO' });
    }
    return { hook, influencerId, ...(mediaId !== null && { mediaId }) };
  }),
  generateRoute('video-remix', remix),
  generateRoute('slideshow-remix', (call, checks) => {
    const input = remix(call, checks);
    checks.done();
    if (isVideoSource(input.sourceTiktokId ?? '')) {
      throw invalid([{ path: ['tiktokVideoId'], message: 'The source is a video' }], { code: 'NOT_A_SLIDESHOW' });
    }
    return input;
  }),
];

/** The 202 envelope [concepts/jobs]. `containerIds` for routes that can make several, `containerId` where the documentation shows one. */
export function accepted(jobId: string, records: readonly ContainerRecord[], now: number, plural: boolean): Reply {
  const ids = records.map(({ id }) => id);
  const body = {
    jobId,
    kind: 'content_generate',
    status: 'running',
    stage: 'queued',
    projectId: records[0]?.projectId,
    ...(plural ? { containerIds: ids } : { containerId: ids[0] }),
    locationUrl: `/v1/jobs/${jobId}`,
    startedAt: wireTimeExact(now),
  };
  return { status: 202, body };
}

/** Makes containers and the one job that fills them. */
export function generate(call: Call, inputs: readonly NewContainer[], plural: boolean): Reply {
  admit(
    call,
    inputs.reduce((sum, { format }) => sum + creditsFor(format ?? null), 0),
  );
  const records = inputs.map((input) => createContainer(call.world, { ...input, createdAt: call.now }));
  return accepted(startJob(call.world, records, call.now), records, call.now, plural);
}

function generateRoute(format: string, read: (call: Call, checks: Checks) => NewContainer): Route {
  return {
    method: 'POST',
    path: `/v1/projects/:projectId/content/${format}`,
    endpointClass: 'long-running',
    scope: 'content:write',
    edition: 'current',
    handle(call) {
      const projectId = projectOf(call);
      const checks = new Checks();
      const input = read(call, checks);
      checks.done();
      return generate(call, [{ ...input, projectId, format }], true);
    },
  };
}

function remix(call: Call, checks: Checks): NewContainer {
  return {
    sourceTiktokId: checks.text(call.body, 'tiktokVideoId', { required: true, max: 64 }),
    influencerId: influencer(call, checks, true),
  };
}

/** What was named wins over what is wired to the account, which is drawn (`undefined`); `null` without either. */
function influencer(call: Call, checks: Checks, required: boolean): string | null | undefined {
  const account = checks.text(call.body, 'socialAccountId', { max: 128 });
  const named = checks.text(call.body, 'influencerId', { max: 128 });
  if (required && account === null && named === null) checks.add('influencerId', 'One of socialAccountId or influencerId is required');
  return named ?? (account === null ? null : undefined);
}
