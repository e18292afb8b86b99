import type { Query } from '@tanstack/react-query';

/** What a list that was shown or read has to do with what becomes known elsewhere. */
export interface ShownList {
  /** Whether somebody looks at it, so that what it lacks waits to be shown. */
  readonly isShown: boolean;
  /** Whether something of a row above the list is heard for the first time. */
  hear(name: string): boolean;
  /** A container that belongs above its rows was read elsewhere: its first page is due. */
  notice(): void;
}

const lists = new WeakMap<Query, ShownList>();

/** Notes what stands behind a list's query. */
export function registerList(query: Query, list: ShownList): void {
  lists.set(query, list);
}

/** What stands behind a list's query; `undefined`: it was neither shown nor read here. */
export const shownList = (query: Query): ShownList | undefined => lists.get(query);
