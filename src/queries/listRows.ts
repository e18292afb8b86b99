import type { Query } from '@tanstack/react-query';
import type { ContainerSummary } from '../model/container.js';
import { containerKey } from '../model/ids.js';
import { isFurther } from './isFurther.js';
import type { ListData, ListPage } from './listPage.js';
import { shareRows } from './shareRows.js';

/** A list's query in the cache. */
export type ListQuery = Query<ListData>;

/** A row as it should be; the same object where it is right already. */
type Update = (row: ContainerSummary) => ContainerSummary;

/** Changes rows of a list in place, those that wait to be shown too. */
export function updateRows(query: ListQuery, update: Update): void {
  const write = () => {
    const { data } = query.state;
    const next = data && updated(data, update);
    // Nothing was read: when the data came, and whether a load failed, stay what they are.
    if (next !== undefined && next !== data) query.setState({ data: next });
  };
  write();
  // A list that is loading its next page will put back the pages it began with.
  if (query.state.fetchStatus === 'fetching') query.promise?.then(write, write);
}

function updated(data: ListData, update: Update): ListData {
  const pages = data.pages.map((page): ListPage => {
    const containers = mapSame(page.containers, update);
    const newer = page.newer && mapSame(page.newer, update);
    return containers === page.containers && newer === page.newer ? page : { ...page, containers, ...(newer && { newer }) };
  });
  return pages.every((page, index) => page === data.pages[index]) ? data : { ...data, pages };
}

function mapSame(rows: ContainerSummary[], update: Update): ContainerSummary[] {
  const next = rows.map(update);
  return next.every((row, index) => row === rows[index]) ? rows : next;
}

/**
 * Takes what rows and records tell of a container's status or approval into a list, unless what it shows is further on. What else a record tells and a row
 * does not is left: the next refresh would take it away again.
 */
export function takeRows(query: ListQuery, told: readonly ContainerSummary[]): void {
  const news = new Map(told.map((row) => [containerKey(row.id), row]));
  updateRows(query, (row) => {
    const read = news.get(containerKey(row.id));
    if (read === undefined || isFurther(row.status, read.status)) return row;
    if (read.rawStatus === row.rawStatus && read.rawApprovalStatus === row.rawApprovalStatus) return row;
    return shareRows([row], [summaryOf(read, row)])[0] ?? row;
  });
}

/** What a row carries of a record. */
function summaryOf(record: ContainerSummary, row: ContainerSummary): ContainerSummary {
  const keys = Object.keys(row) as (keyof ContainerSummary)[];
  const carried = Object.fromEntries(keys.map((key) => [key, record[key]]));
  return { ...row, ...carried, id: row.id, projectId: row.projectId };
}
