import { jobAt } from '../jobs.js';
import { currentWire } from '../wire/current.js';
import { jobResult } from '../wire/job.js';
import { legacyWire } from '../wire/legacy.js';
import type { World } from '../world.js';
import type { Happening } from './outbox.js';

/** The type and the data of the webhook that tells of something [operational/webhooks]; `null` where its container is gone. */
export function payloadOf(happening: Happening, world: World, mediaBase: string): { type: string; data: Record<string, unknown> } | null {
  const wire = world.edition === 'current' ? currentWire : legacyWire;
  const context = { now: world.now(), seed: world.seed, mediaBase };
  switch (happening.kind) {
    case 'told':
      return happening;
    case 'generated': {
      const record = world.store.get(happening.containerId);
      if (!record) return null;
      const { id, projectId, assets, preview } = wire.container(record, context);
      return { type: 'content.generated', data: { id, projectId, assets, ...(preview !== undefined && { preview }) } };
    }
    case 'ended': {
      const { job } = happening;
      const { status, error } = jobAt(job, context.now);
      const result = status === 'completed' ? { result: jobResult(job, world.store, wire, context) } : {};
      return { type: `job.${status}`, data: { jobId: job.jobId, kind: 'content_generate', ...result, ...(error && { error }) } };
    }
    default:
      return happening satisfies never;
  }
}
