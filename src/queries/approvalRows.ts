import type { Query, QueryClient } from '@tanstack/react-query';
import type { LayersClient } from '../client/LayersClient.js';
import type { Container, ContainerSummary } from '../model/container.js';
import { readApprovalStatus } from '../model/status.js';
import { layersKeys } from './keys.js';
import { updateRow } from './list/seam.js';

/** Where a container is shown: its record and every list, in one cache. */
export interface Shown {
  client: LayersClient;
  queryClient: QueryClient;
  containerId: string;
}

/** Shows a container as decided while that is on its way. Its raw word stays what the server sent, which is how it is told apart and taken back. */
export function showDeciding(shown: Shown, status: 'approved' | 'rejected', isOpen: () => boolean): void {
  change(shown, (row) => (isOpen() && row.rawApprovalStatus === 'pending' ? withStatus(row, status) : row));
}

/** Takes back what {@link showDeciding} showed. What was read since stays. */
export function takeBack(shown: Shown, isOver: () => boolean): void {
  change(shown, (row) => (isOver() && row.rawApprovalStatus === 'pending' ? withStatus(row, 'pending') : row));
}

/** Shows what the server says that holds. */
export function showDecided(shown: Shown, rawApprovalStatus: string): void {
  const approvalStatus = readApprovalStatus(rawApprovalStatus);
  change(shown, (row) =>
    row.rawApprovalStatus === rawApprovalStatus ? withStatus(row, approvalStatus) : { ...row, approvalStatus, rawApprovalStatus },
  );
}

function withStatus<Row extends ContainerSummary>(row: Row, approvalStatus: ContainerSummary['approvalStatus']): Row {
  return row.approvalStatus === approvalStatus ? row : { ...row, approvalStatus };
}

/** The query of a container's record, where the cache has it. */
export function findRecord({ client, queryClient, containerId }: Shown): Query<Container> | undefined {
  const queryKey = layersKeys.container(client, containerId);
  return queryClient.getQueryCache().find<Container>({ queryKey, exact: true }) as Query<Container> | undefined;
}

function change(shown: Shown, update: <Row extends ContainerSummary>(row: Row) => Row): void {
  const { client, queryClient, containerId } = shown;
  client.reads.batch(() => {
    const record = findRecord(shown);
    if (record) changeRecord(record, update);
    updateRow(queryClient, client.scope, containerId, update);
    // What stands in while a record is on its way.
    const row = client.reads.rowOf(containerId);
    if (row) client.reads.amendRow(containerId, update(row));
  });
}

function changeRecord(query: Query<Container>, update: (record: Container) => Container): void {
  const write = () => {
    const { data } = query.state;
    const next = data && update(data);
    // Nothing was read: when the data came, and whether a read failed, stay what they are.
    if (next !== undefined && next !== data) query.setState({ data: next });
  };
  write();
  // A read that is given up because nobody looks any more puts back what there was when it began.
  if (query.state.fetchStatus === 'fetching') query.promise?.then(write, write);
}
