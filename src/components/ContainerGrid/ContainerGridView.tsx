'use client';
import { type ComponentType, type ForwardedRef, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { type ElementProps, mergeRefs, renderElement } from '../../internal/renderElement.js';
import type { ContainerSummary } from '../../model/container.js';
import { AnnouncerContext } from '../../provider/AnnouncerContext.js';
import { useWords } from '../../provider/MessagesContext.js';
import { ContainerCard } from '../ContainerCard/ContainerCard.js';
import { problemSentence } from '../problemSentence.js';
import type { ContainerGridData, ContainerGridOwnProps, ContainerGridState, GridCardProps, SelectionBarProps } from './types.js';
import { GridEnd } from './GridEnd.js';
import { GridInvalid } from './GridInvalid.js';
import type { GridLook } from './GridItem.js';
import { GridProblem } from './GridProblem.js';
import { GridRows, type GridRowsHandle } from './GridRows.js';
import { SelectionBar } from './SelectionBar.js';
import { useKeptFocus, useKeptRoot } from '../../internal/useKeptFocus.js';
import { useSelection } from './useSelection.js';
import { gridWords } from './words.js';

interface ContainerGridViewProps extends ElementProps<'div', ContainerGridState>, ContainerGridOwnProps, ContainerGridData {
  card: ComponentType<GridCardProps>;
  /** Another one for another list. */
  listKey?: string | undefined;
  /** Shows what is selected, and may show something when nothing is. @default the number, `selectionActions` and a button that selects none */
  selectionBar?: ComponentType<SelectionBarProps> | undefined;
  rootRef: ForwardedRef<HTMLDivElement>;
}

/** Cards that hold the place of the first ones. */
const PLACEHOLDERS = 12;

/** A `ContainerGrid` from plain data. */
export function ContainerGridView({
  containers,
  newCount = 0,
  hasMoreNew = false,
  onShowNew,
  hasNextPage = false,
  isFetchingNextPage = false,
  onLoadMore,
  lookedAt,
  invalid = [],
  error = null,
  onRetry,
  variant = 'grid',
  label,
  href,
  onOpen,
  renderItem,
  toolbar,
  empty,
  loadMore = 'scroll',
  selectable = false,
  selectedIds,
  defaultSelectedIds,
  onSelectionChange,
  selectionActions,
  aspectRatio,
  stages,
  now,
  scrollKey = null,
  card,
  listKey,
  selectionBar: ConnectedBar,
  rootRef,
  ...props
}: ContainerGridViewProps) {
  const { messages, locale } = useWords(gridWords);
  const rows = useRef<GridRowsHandle>(null);
  const foot = useRef<HTMLDivElement>(null);
  const keptInFoot = useKeptFocus(foot, { next: 'button' });
  // Where all rows go, the words in their place have the focus, or else the grid's end.
  const { root, handlers } = useKeptRoot(props, '[data-part="empty"],[data-part="foot"]');
  const selection = useSelection(containers ?? [], { selectable, selectedIds, defaultSelectedIds, onSelectionChange });
  const count = containers?.length ?? 0;
  const state = containers === undefined ? (error ? 'error' : 'loading') : count === 0 && !hasNextPage ? 'empty' : 'ready';
  const announced = useLoadedWords(containers);

  const latestOpen = useRef(onOpen);
  useEffect(() => {
    latestOpen.current = onOpen;
  });
  const opens = onOpen !== undefined;
  const plan = useSameJson(stages);
  const look = useMemo(
    (): GridLook => ({
      card,
      variant,
      aspectRatio,
      now,
      stages: plan,
      renderItem,
      // Whatever else the grid is drawn for: the cards are not, as long as they open by the same function.
      onOpen: opens ? (containerId, event) => latestOpen.current?.(containerId, event) : undefined,
    }),
    [card, variant, aspectRatio, now, plan, renderItem, opens],
  );
  const showNew = () => {
    onShowNew?.();
    rows.current?.showFirst();
  };
  const selected = selection.selected;
  const bar: SelectionBarProps = {
    selected,
    containers: containers ?? [],
    onClear: () => selection.change({ kind: 'none' }),
    onFocusLost: () => rows.current?.focus(),
  };

  const children = (
    <>
      {(toolbar != null || newCount > 0 || selectable || ConnectedBar) && (
        <div data-part="bar" data-plain={toolbar == null ? '' : undefined}>
          {toolbar}
          {newCount > 0 && (
            <button type="button" data-part="new" onClick={showNew}>
              {messages.gridShowNew(newCount, hasMoreNew, locale)}
            </button>
          )}
          {ConnectedBar ? <ConnectedBar {...bar} /> : <SelectionBar {...bar} actions={selectionActions} />}
        </div>
      )}
      {state === 'loading' && (
        <div data-part="grid" aria-hidden="true">
          {Array.from({ length: PLACEHOLDERS }, (_, index) => (
            <ContainerCard key={index} container={null} aspectRatio={aspectRatio} layout={variant === 'list' ? 'row' : 'card'} />
          ))}
        </div>
      )}
      {state === 'empty' && (
        <div data-part="empty" tabIndex={-1}>
          {empty ?? messages.gridEmpty}
        </div>
      )}
      {containers !== undefined && count > 0 && (
        <GridRows
          // Another list begins at its own beginning.
          key={`${variant} ${listKey} ${scrollKey}`}
          ref={rows}
          containers={containers}
          label={label ?? messages.gridLabel}
          isWhole={!hasNextPage}
          look={look}
          href={href}
          selection={selection}
          scrollKey={scrollKey}
          foot={[hasNextPage, isFetchingNextPage, error?.code, invalid.length].join()}
          onNearEnd={loadMore === 'scroll' && hasNextPage && !isFetchingNextPage && !error ? onLoadMore : undefined}
        />
      )}
      <div ref={foot} data-part="foot" tabIndex={-1} {...keptInFoot}>
        {state === 'error' && error && (
          <GridProblem sentence={problemSentence(error, messages.gridFailed)} error={error} onRetry={onRetry} />
        )}
        {invalid.length > 0 && <GridInvalid rows={invalid} />}
        {state === 'ready' && (
          <GridEnd
            count={count}
            lookedAt={lookedAt}
            hasNextPage={hasNextPage}
            isFetching={isFetchingNextPage}
            error={error}
            onLoadMore={onLoadMore}
            onRetry={onRetry}
          />
        )}
      </div>
      {/* A page has one voice: the provider's, where there is one. */}
      {announced !== null && (
        <p data-part="status" role="status">
          {state === 'loading' ? messages.gridLoading : announced}
        </p>
      )}
    </>
  );
  return renderElement('div', {
    name: 'layers-ContainerGrid',
    state: { state, variant, selecting: selected.length > 0 } satisfies ContainerGridState,
    ref: mergeRefs(rootRef ?? undefined, root) as ForwardedRef<never>,
    own: { children, 'aria-busy': state === 'loading' || undefined },
    props: { ...props, ...handlers },
  });
}

/** The same object for as long as it says the same: a plan is often written in place. */
function useSameJson<Value>(value: Value): Value {
  const json = JSON.stringify(value) as string | undefined;
  return useMemo(() => (json === undefined ? undefined : JSON.parse(json)) as Value, [json]);
}

/**
 * Says that more rows came at the end; nothing of the first ones, and of those that were put in above. Returns what a live region of the grid's own says;
 * `null` where a provider's speaks.
 */
function useLoadedWords(containers: readonly ContainerSummary[] | undefined): string | null {
  const announcer = useContext(AnnouncerContext);
  const { messages, locale } = useWords(gridWords);
  const before = useRef(containers);
  const [words, setWords] = useState('');
  // They are about a list that is gone, and would be read out again below the next one.
  if (!containers && words !== '') setWords('');
  useEffect(() => {
    const known = before.current;
    before.current = containers;
    if (!known || !containers || known.length === 0 || containers.length <= known.length) return;
    const isAtEnd = containers[known.length - 1]?.id === known.at(-1)?.id;
    if (!isAtEnd) return;
    const loaded = messages.gridLoaded(containers.length - known.length, containers.length, locale);
    if (announcer) announcer.say(loaded);
    else setWords(loaded);
  }, [containers, messages, locale, announcer]);
  return announcer ? null : words;
}
