import type { Container, ContainerSummary } from '../model/container.js';
import type { ContainerProgress } from '../progress/ContainerProgress.js';
import type { Told } from '../schedule/told.js';

/** Where the data of an entry comes from. Plain JSON; can change in any release. */
interface EntrySources {
  /** Increases with each write: of two versions of an entry, the higher one applies. */
  revision: number;
  /** When the record was requested, on the clock of `monotonicNow`; `null`: not read. */
  recordAskedAt: number | null;
  /** Latest `updatedAt` of a record or a row, by the server's clock; `null`: none. An older one changes no words. */
  recordUpdatedAt: string | null;
  /** When a regeneration was accepted, on the clock of `monotonicNow`: earlier responses are ignored. 0: none. */
  lifeAskedAt: number;
  /** When the response that showed its end was requested: earlier requests can't show it in flight again. 0: none. */
  endedAskedAt: number;
  /** Whether its progress was read; otherwise the progress fields follow from its status. */
  hasProgress: boolean;
  /** `updatedAt` of the progress; `null`: none. */
  progressUpdatedAt: string | null;
  /** A response without a date shows an ended container in flight again. */
  isInDoubt: boolean;
  /** The job that makes it, where that is known; left out where it isn't. */
  jobId?: string;
}

/** Everything known about one container: one flat cache entry. `useContainer` and `useContainerProgress` are two views of it. */
export interface ContainerEntry extends Container, Omit<ContainerProgress, 'updatedAt'> {
  isPartial: boolean;
  sources: EntrySources;
}

/** A row of which nothing is known. */
const emptyRow: ContainerSummary = {
  id: '',
  projectId: null,
  status: 'unknown',
  rawStatus: '',
  approvalStatus: 'unknown',
  rawApprovalStatus: '',
  format: null,
  creativeType: 'generated',
  hook: null,
  caption: null,
  preview: null,
  lastError: null,
  createdAt: null,
  updatedAt: null,
  completedAt: null,
  failedAt: null,
};

/** A record of which nothing is known. */
const emptyRecord: Container = {
  ...emptyRow,
  captions: [],
  firstComment: null,
  brief: null,
  influencerId: null,
  sourceTiktokId: null,
  mediaId: null,
  adsEnrollment: null,
  platformFit: null,
  assets: [],
};

/** The fields of `data` that `like` has. */
function pick<Fields extends object>(data: Fields, like: Fields): Fields {
  return Object.fromEntries(Object.keys(like).map((name) => [name, data[name as keyof Fields]])) as Fields;
}

/** The part of an entry that a list row carries. */
export const rowOf = (entry: ContainerSummary): ContainerSummary => ({
  ...pick(entry, emptyRow),
  ...(entry.brief && { brief: entry.brief }),
});

/** The part of an entry that is its record. */
export function recordOf(entry: ContainerEntry): Container {
  return { ...pick<Container>(entry, emptyRecord), ...(entry.isPartial && { isPartial: true }) };
}

/** The part of an entry that is its progress. */
export function progressOf(entry: ContainerEntry): ContainerProgress {
  const { status, rawStatus, sources } = entry;
  const ofRecord: object = { ...emptyRecord, isPartial: true, sources };
  const own = Object.entries(entry).filter(([name]) => !(name in ofRecord));
  return { ...Object.fromEntries(own), status, rawStatus, updatedAt: sources.progressUpdatedAt } as ContainerProgress;
}

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

/** A row of which only the status is known. */
export function bareRow(
  id: string,
  { status, rawStatus, updatedAt }: Pick<ContainerSummary, 'status' | 'rawStatus' | 'updatedAt'>,
): ContainerSummary {
  return { ...emptyRow, id, status, rawStatus, updatedAt };
}

/** The fields of a record, from a row or from a record. */
export const recordFrom = (known: ContainerSummary & Partial<Container>) => ({ ...emptyRecord, ...known });

/** Whether cached data is an entry; the host can have written a plain container or progress. */
export const isEntry = (value: unknown): value is ContainerEntry => typeof value === 'object' && value !== null && 'sources' in value;
