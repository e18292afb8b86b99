import type { ContainerRecord } from '../record.js';
import type { LifeStatus } from '../generation.js';

/** What a body depends on besides the record. */
export interface WireContext {
  /** Milliseconds since 1970. */
  now: number;
  seed: number;
  /** Where media URLs begin; ends in a slash. */
  mediaBase: string;
}

/** One edition of the wire: how it spells things, and which members its bodies have. */
export interface Wire {
  /** Statuses in this edition's spelling, as filters accept them. */
  readonly statuses: readonly string[];
  /** Formats in this edition's spelling, as filters accept them. */
  readonly formats: readonly string[];
  status(status: LifeStatus): string;
  format(format: string | null): string | null;
  /** The body of `GET /v1/content/:containerId`. */
  container(record: ContainerRecord, context: WireContext): Record<string, unknown>;
  /** One of `items` in the list. */
  row(record: ContainerRecord, context: WireContext): Record<string, unknown>;
  /** The container's `assets`, also a job's `result.assets`. */
  assets(record: ContainerRecord, context: WireContext): Record<string, unknown>[];
}
