import { creditsFor } from '../credits.js';
import { regenerateContainer, type NewContainer } from '../create.js';
import { isSourceRemix } from '../draw.js';
import { bareId } from '../ids.js';
import { conflict, invalid } from '../problem.js';
import { lifeOf } from '../record.js';
import { Checks } from '../validate.js';
import { admit } from './admit.js';
import { accepted, generate } from './generate.js';
import { containerOf, projectOf, type Call, type Route } from './route.js';

/**
 * Ways to generate that the current edition no longer teaches, though no page says they are gone: one route for every format,
 * regeneration in place, and clones [reference/content/generate-content, concepts/content-items, old]. Both editions answer them.
 */
export const legacyGenerateRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/v1/projects/:projectId/content',
    endpointClass: 'long-running',
    scope: 'content:write',
    handle(call) {
      const projectId = projectOf(call);
      const { input, count } = readUnified(call);
      const inputs = Array.from({ length: count }, (_, index) => ({ ...input, projectId, ...(index > 0 && { id: undefined }) }));
      return generate(call, inputs, call.world.edition === 'current' || count > 1);
    },
  },
  {
    method: 'POST',
    path: '/v1/content/:containerId/regenerate',
    endpointClass: 'long-running',
    scope: 'content:write',
    handle(call) {
      const record = containerOf(call);
      const { preserveAssets = false, patch = {} } = call.body;
      const checks = new Checks();
      if (typeof preserveAssets !== 'boolean') checks.add('preserveAssets', 'Expected boolean');
      if (!isObject(patch)) checks.add('patch', 'Expected object');
      checks.done();
      if (record.creativeType === 'uploaded') throw invalid([{ path: ['containerId'], message: 'Uploaded content cannot be regenerated' }]);
      const { status, ending } = lifeOf(record, call.now);
      if (!ending) throw conflict('Container is still being generated.', { status: call.wire.status(status) });
      admit(call, creditsFor(record.format));
      if (isObject(patch)) {
        if (typeof patch.hook === 'string' && record.hook !== null) record.hook = patch.hook;
        if (record.brief) record.brief = { ...record.brief, ...patch };
      }
      return accepted(regenerateContainer(call.world, record, preserveAssets === true, call.now), [record], call.now, false);
    },
  },
  {
    method: 'POST',
    path: '/v1/content/:containerId/clone-from-post',
    endpointClass: 'long-running',
    scope: 'content:write',
    handle(call) {
      const source = containerOf(call);
      const checks = new Checks();
      checks.oneOf(call.body.mode, 'mode', ['fork', 'reimagine'], true);
      const count = checks.integer(call.body, 'variations', 1, 10) ?? 1;
      checks.done();
      const { projectId, hook, brief, influencerId } = source;
      const format = source.format ?? 'video-remix';
      const inputs = Array.from({ length: count }, () => ({ projectId, format, hook, brief, influencerId }));
      return generate(call, inputs, count > 1);
    },
  },
];

function readUnified(call: Call): { input: NewContainer; count: number } {
  const { body, wire, world } = call;
  const checks = new Checks();
  const format = checks.oneOf(body.format, 'format', wire.formats, true);
  const brief = body.brief ?? null;
  if (brief !== null && !isObject(brief)) checks.add('brief', 'Expected object');
  const hook = checks.text(body, 'hook');
  const id = checks.text(body, 'id', { max: 64 });
  const count = checks.integer(body, 'variantCount', 1, 5) ?? 1;
  if (world.edition === 'legacy' && brief === null && hook === null) checks.add('brief', 'Required');
  if (id !== null && !/^(?:cnt_)?[0-9A-Za-z-]+$/.test(id)) checks.add('id', 'Invalid id');
  checks.done();
  if (id !== null && world.store.get(id)) throw conflict('A container with this id exists.', { id });
  const briefHook = isObject(brief) && typeof brief.hook === 'string' ? brief.hook : null;
  const influencer = isObject(brief) && typeof brief.influencerId === 'string' ? brief.influencerId : undefined;
  const input: NewContainer = {
    format,
    // Remixes take their words from the source.
    hook: world.edition === 'current' && isSourceRemix(format) ? null : (hook ?? briefHook),
    brief: isObject(brief) ? brief : { hook },
    influencerId: influencer,
    ...(id !== null && { id: `cnt_${bareId(id)}` }),
  };
  return { input, count };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
