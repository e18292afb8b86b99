import type { InfiniteData } from '@tanstack/react-query';
import type { ContainerSummary } from '../model/container.js';
import type { ContainerPage } from '../model/containerPage.js';
import { containerKey } from '../model/ids.js';

/** A page as the cache keeps it. What was found above the rows that are shown stands beside the first page, so that the cache stays plain JSON. */
export interface ListPage extends ContainerPage {
  /** Rows that are known and not shown yet, newest first. Only on the first page. */
  newer?: ContainerSummary[];
  /** Where reading goes on below `newer`, when there may be rows between it and those that are shown. Only on the first page. */
  gap?: string;
  /** Keys of rows that stay though they are no longer of the approval that is looked for. Only on the first page. */
  stays?: string[];
}

/** What the cache keeps of a list. */
export type ListData = InfiniteData<ListPage, string | null>;

/** When a row was created, in milliseconds; `NaN` where it does not say: no comparison with it holds. */
export const createdAt = ({ createdAt: time }: ContainerSummary): number => (time === null ? Number.NaN : Date.parse(time));

/** The first row that is shown. */
export const topRow = (pages: readonly ListPage[]): ContainerSummary | undefined =>
  pages.find(({ containers }) => containers.length > 0)?.containers[0];

/** Every row of the pages in order, a row that is on two pages twice. */
export const rowsOf = (pages: readonly ListPage[]): ContainerSummary[] => pages.flatMap(({ containers }) => containers);

const keysByRows = new WeakMap<readonly ContainerSummary[], readonly string[]>();

/** The keys of rows, in their order. Made once for an array: most pages of a long list never change. */
export function keysIn(rows: readonly ContainerSummary[]): readonly string[] {
  const keys = keysByRows.get(rows) ?? rows.map(({ id }) => containerKey(id));
  keysByRows.set(rows, keys);
  return keys;
}

const shownByPages = new WeakMap<readonly ListPage[], ReadonlySet<string>>();

/** The keys of all rows that are shown. */
export function shownKeys(pages: readonly ListPage[]): ReadonlySet<string> {
  const shown = shownByPages.get(pages) ?? new Set(pages.flatMap(({ containers }) => keysIn(containers)));
  shownByPages.set(pages, shown);
  return shown;
}

/** Whether a row is in a list, shown or waiting. */
export const isKnown = (pages: readonly ListPage[], { id }: ContainerSummary): boolean =>
  shownKeys(pages).has(containerKey(id)) || keysIn(pages[0]?.newer ?? []).includes(containerKey(id));

/** Rows with some replaced; the same array where none is. */
export function mapRows(rows: ContainerSummary[], change: (row: ContainerSummary, key: string) => ContainerSummary): ContainerSummary[] {
  const keys = keysIn(rows);
  const next = rows.map((row, index) => change(row, keys[index] as string));
  return next.every((row, index) => row === rows[index]) ? rows : next;
}
