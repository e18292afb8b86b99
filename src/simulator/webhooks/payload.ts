import { jobAt } from '../jobs.js';
import { currentWire } from '../wire/current.js';
import { jobResult } from '../wire/job.js';
import { legacyWire } from '../wire/legacy.js';
import type { World } from '../world.js';
import type { OutboxEntry } from './outbox.js';

/** The `type` and `data` of the webhook for an entry [operational/webhooks]; `null` if its container was removed. */
export function payloadOf(entry: OutboxEntry, world: World, mediaBase: string): { type: string; data: Record<string, unknown> } | null {
  const wire = world.edition === 'current' ? currentWire : legacyWire;
  const context = { now: world.now(), seed: world.seed, mediaBase };
  switch (entry.kind) {
    case 'event':
      return entry;
    case 'container-completed': {
      const record = world.store.get(entry.containerId);
      if (!record) return null;
      const { id, projectId, assets, preview } = wire.container(record, context);
      return { type: 'content.generated', data: { id, projectId, assets, ...(preview !== undefined && { preview }) } };
    }
    case 'job-ended': {
      const { job } = entry;
      const { status, error } = jobAt(job, context.now);
      const result = status === 'completed' ? { result: jobResult(job, world.store, wire, context) } : {};
      return { type: `job.${status}`, data: { jobId: job.jobId, kind: 'content_generate', ...result, ...(error && { error }) } };
    }
    default:
      return entry satisfies never;
  }
}
