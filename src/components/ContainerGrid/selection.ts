import type { ContainerSummary } from '../../model/container.js';

/** A change of what is selected: one on or off, everything from the last to this, all, or none. */
export type SelectionChange =
  | { kind: 'toggle'; id: string }
  | { kind: 'range'; from: string | null; to: string }
  | { kind: 'all' }
  | { kind: 'none' };

/** What is selected after a change, in the order of the list. Only what is in the list and may be selected ever is. */
export function changeSelection(
  selected: ReadonlySet<string>,
  change: SelectionChange,
  containers: readonly ContainerSummary[],
  isSelectable: (container: ContainerSummary) => boolean,
): string[] {
  const wanted = wantedAfter(selected, change, containers);
  return containers.flatMap((container) => (wanted.has(container.id) && isSelectable(container) ? container.id : []));
}

function wantedAfter(selected: ReadonlySet<string>, change: SelectionChange, containers: readonly ContainerSummary[]): ReadonlySet<string> {
  switch (change.kind) {
    case 'toggle': {
      const next = new Set(selected);
      if (!next.delete(change.id)) next.add(change.id);
      return next;
    }
    case 'range': {
      const to = containers.findIndex(({ id }) => id === change.to);
      const from = containers.findIndex(({ id }) => id === change.from);
      const [first, last] = from === -1 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
      return new Set([...selected, ...containers.slice(first, last + 1).map(({ id }) => id)]);
    }
    case 'all':
      return new Set(containers.map(({ id }) => id));
    case 'none':
      return new Set();
    default:
      return change satisfies never;
  }
}
