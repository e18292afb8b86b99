'use client';
import { useRef, useState } from 'react';
import type { ContainerSummary } from '../../model/container.js';
import type { ContainerGridOwnProps } from './types.js';
import { changeSelection, type SelectionChange } from './selection.js';

type SelectionProps = Pick<ContainerGridOwnProps, 'selectable' | 'selectedIds' | 'defaultSelectedIds' | 'onSelectionChange'>;

/** What of a grid is selected, and how that changes. */
export interface Selection {
  /** In the order of the list; only what can be selected now. */
  selected: readonly string[];
  has: (id: string) => boolean;
  /** Whether a container can be selected. */
  offers: (container: ContainerSummary) => boolean;
  change: (change: SelectionChange) => void;
  /** Selects from the last one that was touched to this one. */
  extendTo: (id: string) => void;
}

const waitsForApproval = ({ status, approvalStatus }: ContainerSummary) => status === 'completed' && approvalStatus === 'pending';

/** Controlled by `selectedIds`, else kept here. */
export function useSelection(
  containers: readonly ContainerSummary[],
  { selectable, selectedIds, defaultSelectedIds = [], onSelectionChange }: SelectionProps,
): Selection {
  const [own, setOwn] = useState<readonly string[]>(defaultSelectedIds);
  const touched = useRef<string | null>(null);
  const asked = new Set(selectedIds ?? own);
  const offers = selectable === true ? waitsForApproval : selectable || (() => false);
  const selected = asked.size === 0 ? [] : containers.flatMap((row) => (asked.has(row.id) && offers(row) ? row.id : []));
  const change = (next: SelectionChange) => {
    touched.current = next.kind === 'toggle' ? next.id : next.kind === 'range' ? next.to : touched.current;
    const ids = changeSelection(new Set(selected), next, containers, offers);
    if (ids.length === selected.length && ids.every((id, index) => id === selected[index])) return;
    setOwn(ids);
    onSelectionChange?.(ids);
  };
  return {
    selected,
    has: (id) => asked.has(id),
    offers,
    change,
    extendTo: (id) => change({ kind: 'range', from: touched.current, to: id }),
  };
}
