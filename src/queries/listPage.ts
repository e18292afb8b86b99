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

/** Every row of the pages in order, a row that is on two pages twice. */
export const rowsOf = (pages: readonly ListPage[]): ContainerSummary[] => pages.flatMap(({ containers }) => containers);

const keys = new WeakMap<ListData, ReadonlySet<string>>();

/** The keys of all rows, those that wait too. */
export function keysOf(data: ListData): ReadonlySet<string> {
  const known = keys.get(data) ?? new Set([...rowsOf(data.pages), ...(data.pages[0]?.newer ?? [])].map(({ id }) => containerKey(id)));
  keys.set(data, known);
  return known;
}
