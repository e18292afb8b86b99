import { type ContainerEntry, progressOf, recordOf, rowOf } from './entry.js';
import type { Told } from '../schedule/told.js';

/** Everything that an entry says, as results that can be merged elsewhere. `askedAt`: when what isn't its record was requested. */
export function toldOf(entry: ContainerEntry, askedAt: number): Told[] {
  const { id, isPartial, sources } = entry;
  const told: Told[] = [
    isPartial
      ? { kind: 'row', id, value: rowOf(entry), askedAt }
      : { kind: 'record', id, value: recordOf(entry), askedAt: sources.recordAskedAt ?? askedAt },
  ];
  if (sources.hasProgress) told.push({ kind: 'progress', id, value: progressOf(entry), askedAt });
  return told;
}
