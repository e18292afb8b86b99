import type { JobRecord } from '../jobs.js';
import type { Store } from '../store.js';
import type { Wire, WireContext } from './wire.js';

/** What a completed job made, as both the job's body and its webhook carry it [concepts/jobs]. */
export function jobResult(job: JobRecord, store: Store, wire: Wire, context: WireContext): Record<string, unknown> {
  const ids = job.parts.map(({ containerId }) => containerId);
  const records = ids.flatMap((id) => store.get(id) ?? []);
  const assets = records.flatMap((record) => wire.assets(record, context));
  return { ...(ids.length === 1 ? { containerId: ids[0] } : { containerIds: ids }), assets };
}
