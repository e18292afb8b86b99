import type { Told } from './told.js';

/** Whether this tab schedules reads for all tabs, or another one does. */
export interface Leadership {
  /** Whether this one reads. */
  readonly leads: boolean;
  /** When a leader that isn't heard of until then counts as silent, on the clock of `monotonicNow`; `Infinity`: never. */
  readonly silentAt: number;
  /** Asks to read in place of a silent leader, which one tab at a time does. */
  standIn(): void;
  /** Takes a place among the tabs, where it has none. */
  join(): void;
  followsChanged(): void;
  /** Hears everything that becomes known here. */
  told(told: readonly Told[]): void;
}

/** A tab, or a server, that reads for itself. */
export const ALONE: Leadership = {
  leads: true,
  silentAt: Number.POSITIVE_INFINITY,
  standIn: () => {},
  join: () => {},
  followsChanged: () => {},
  told: () => {},
};

/** Tells of what is followed without being asked, so that it isn't polled. */
export interface PushSource {
  /** Whether something is pushed at the moment, by its key. */
  has(key: string): boolean;
  /** Whether something that is followed from now on will be pushed. */
  readonly isOpen: boolean;
  /** Called when what is followed, or which tab leads, may have changed. */
  look(): void;
  /** The server part offers push. */
  offered(): void;
  close(): void;
}
