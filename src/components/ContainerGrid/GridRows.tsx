'use client';
import {
  type CSSProperties,
  type ForwardedRef,
  forwardRef,
  type KeyboardEvent,
  type MouseEvent,
  useEffect,
  useImperativeHandle,
  useRef,
} from 'react';
import { callHost } from '../../internal/callHost.js';
import { useEscape } from '../../internal/useEscape.js';
import type { ContainerSummary } from '../../model/container.js';
import { GridItem, type GridLook } from './GridItem.js';
import { recallPlace } from './scrollMemory.js';
import { handled, useGridFocus } from './useGridFocus.js';
import { useGridLayout } from './useGridLayout.js';
import { useScrollMemory } from './useScrollMemory.js';
import type { Selection } from './useSelection.js';
import { useVirtualRows } from './useVirtualRows.js';

/** What a grid can be told. */
export interface GridRowsHandle {
  /** Goes to the first container, with the focus, as soon as the list is another. */
  showFirst: () => void;
  /** Puts the focus on the active container. */
  focus: () => void;
}

interface GridRowsProps {
  containers: readonly ContainerSummary[];
  label: string;
  /** Whether these are all there are. */
  isWhole: boolean;
  look: GridLook;
  href: ((container: ContainerSummary) => string | undefined) | undefined;
  selection: Selection;
  scrollKey: string | null;
  /** Another one when what stands below the rows is. */
  foot: string;
  /** Called when the end comes near. */
  onNearEnd: (() => void) | undefined;
}

/** How many are drawn where nobody has laid them out yet: on a server, and before the first layout. */
const FIRST_DRAWN = 24;
/** So many rows before the end more is asked for. */
const NEAR_END_ROWS = 3;

/** The rows of a grid that are on the screen, and the active one wherever it is. */
export const GridRows = forwardRef(function GridRows(
  { containers, label, isWhole, look, href, selection, scrollKey, foot, onNearEnd }: GridRowsProps,
  ref: ForwardedRef<GridRowsHandle>,
) {
  const grid = useRef<HTMLDivElement>(null);
  const layout = useGridLayout(grid, true);
  const columns = layout?.columns ?? 1;
  const rowCount = Math.ceil(containers.length / columns);
  const rows = useVirtualRows({ grid, count: rowCount, layout, foot });
  const { drawn } = rows;
  const {
    activeIndex: active,
    activeId,
    before,
    after,
    moveTo,
    focusActive,
    escape,
    ...focus
  } = useGridFocus({
    grid,
    containers,
    columns,
    isRightToLeft: layout?.isRightToLeft ?? false,
    initialId: scrollKey === null ? null : (recallPlace(scrollKey)?.activeId ?? null),
    pageRows: rows.pageRows,
    scrollToIndex: (index) => rows.scrollToRow(Math.floor(index / columns)),
  });
  useScrollMemory({ scrollKey, containers, layout, rows, activeId });
  useNearEnd(drawn?.isReached === true && drawn.end >= rowCount - NEAR_END_ROWS, containers.length, onNearEnd);

  const wantsFirst = useRef(false);
  useImperativeHandle(ref, () => ({
    showFirst: () => {
      wantsFirst.current = true;
    },
    focus: focusActive,
  }));
  useEffect(() => {
    if (wantsFirst.current) moveTo(0);
    wantsFirst.current = false;
    // oxlint-disable-next-line react/exhaustive-deps -- what has come is to be shown, and nothing else is
  }, [containers]);

  const first = drawn ? drawn.first * columns : 0;
  const end = Math.min(drawn ? drawn.end * columns : FIRST_DRAWN, containers.length);
  const item = (index: number, style?: CSSProperties) => {
    const container = containers[index] as ContainerSummary;
    const isFirstOfRow = layout !== null && style === undefined && index % columns === 0;
    return (
      <GridItem
        key={container.id}
        container={container}
        index={index}
        isActive={index === active}
        isSelected={selection.offers(container) ? selection.has(container.id) : null}
        look={look}
        href={callHost(href, container)}
        row={isFirstOfRow ? index / columns : undefined}
        style={style}
      />
    );
  };
  const apart = (index: number): CSSProperties => ({
    position: 'absolute',
    // Without an end, what is positioned reaches to the last column, and over the cards below it.
    gridColumn: `${(index % columns) + 1} / ${(index % columns) + 2}`,
    insetBlockStart: rows.startOf(Math.floor(index / columns)),
    insetInline: 0,
  });

  const isSelecting = containers.some(selection.offers);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    focus.onKeyDown(event);
    // Where nothing can be selected, Space scrolls the page.
    if (event.defaultPrevented || event.altKey || !isSelecting || (event.target as Element).parentElement !== grid.current) return;
    const { id } = containers[active] as ContainerSummary;
    if (event.key === ' ') {
      if (event.shiftKey) selection.extendTo(id);
      else selection.change({ kind: 'toggle', id });
    } else if (isLetterA(event) && (event.ctrlKey || event.metaKey)) selection.change({ kind: 'all' });
    else return;
    handled(event);
  };
  useEscape(grid, true, (target) => {
    if (escape(target)) return true;
    if (selection.selected.length === 0 || target.parentElement !== grid.current) return false;
    selection.change({ kind: 'none' });
    return true;
  });
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const box = event.target as HTMLElement;
    const { select } = box.dataset;
    if (select === undefined || box.dataset.part !== 'select' || !grid.current?.contains(box)) return;
    if (event.shiftKey) selection.extendTo(select);
    else selection.change({ kind: 'toggle', id: select });
  };

  return (
    <>
      <span ref={before} tabIndex={-1} />
      {/* biome-ignore lint/a11y/useSemanticElements: a table cannot change its columns with the screen */}
      <div
        ref={grid}
        role="grid"
        aria-label={label}
        aria-rowcount={isWhole ? containers.length : -1}
        aria-multiselectable={isSelecting || undefined}
        data-part="grid"
        tabIndex={-1}
        onFocus={focus.onFocus}
        onBlur={focus.onBlur}
        onKeyDown={onKeyDown}
        onClick={onClick}
        style={layout ? { blockSize: rows.height, paddingBlockStart: rows.above } : undefined}
      >
        {drawn && active < first && item(active, apart(active))}
        {Array.from({ length: Math.max(0, end - first) }, (_, offset) => item(first + offset))}
        {drawn && active >= end && item(active, apart(active))}
      </div>
      <span ref={after} tabIndex={-1} />
    </>
  );
});

/** Also with Caps Lock, and on a keyboard of another script, where the browser takes the key by its place. */
const isLetterA = ({ key, code }: KeyboardEvent) => key.toLowerCase() === 'a' || (code === 'KeyA' && !/[a-z]/i.test(key));

/** Asks for more when the end comes near; not again when that brought nothing. */
function useNearEnd(isNear: boolean, count: number, onNearEnd: (() => void) | undefined): void {
  const askedAt = useRef(-1);
  useEffect(() => {
    if (!isNear || !onNearEnd || askedAt.current === count) return;
    askedAt.current = count;
    onNearEnd();
  }, [isNear, count, onNearEnd]);
}
