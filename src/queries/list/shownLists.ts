import type { ContainerSummary } from '../../model/container.js';

/** What a list that was shown or read has to do with what becomes known elsewhere. */
export interface ShownList {
  /** Whether somebody looks at it, so that what it lacks waits to be shown. */
  readonly isShown: boolean;
  /** Containers that belong above its rows were read elsewhere: its first page is due. */
  notice(rows: readonly ContainerSummary[]): void;
}

const lists = new WeakMap<object, ShownList>();

/** Notes what stands behind a list's query. */
export function registerList(query: object, list: ShownList): void {
  lists.set(query, list);
}

/** What stands behind a list's query; `undefined`: it was neither shown nor read here. */
export const shownList = (query: object): ShownList | undefined => lists.get(query);
