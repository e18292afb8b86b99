import type { ContainerSummary } from '../../model/container.js';

/** A list that receives rows read elsewhere. */
export interface ShownList {
  /** Whether it has observers, so that missing rows wait to be shown. */
  readonly isShown: boolean;
  /** Reports newer containers read elsewhere: the list is due for a refresh. */
  notice(rows: readonly ContainerSummary[]): void;
}

const lists = new WeakMap<object, ShownList>();

/** Registers the list of a query. */
export function registerList(query: object, list: ShownList): void {
  lists.set(query, list);
}

/** The list of a query; `undefined`: it was neither mounted nor read here. */
export const shownList = (query: object): ShownList | undefined => lists.get(query);
