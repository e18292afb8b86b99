'use client';
import { type ForwardedRef } from 'react';
import { ContainerCard } from '../ContainerCard/ContainerCard.js';
import { ConnectedContainerGrid } from './ConnectedContainerGrid.js';
import { ContainerGridView } from './ContainerGridView.js';
import type { ContainerGridProps, GridCardProps } from './types.js';
import { guarded } from '../guarded.js';

/**
 * A library of containers, however many: only what is on the screen is in the page. Cards in flight show their progress, new ones wait until somebody asks
 * for them, more comes before the end is reached, and the place is found again on return.
 *
 * It is one stop of the Tab key: arrows, Home, End, Page Up and Page Down move from card to card, Enter opens, Tab goes on into a card and Escape back,
 * Space selects, with Shift up to here, Ctrl+A all.
 *
 * Attributes: `data-state` (`loading`, `error`, `empty`, `ready`), `data-variant`, `data-selecting`.
 * Parts: `data-part="bar"`, `"new"`, `"selection"`, `"approve"`, `"share"`, `"failures"`, `"grid"`, `"item"`, `"cell"`, `"select"`, `"more"`, `"foot"`, `"invalid"`, `"end"`, `"empty"`, `"problem"`.
 *
 * Variables: `--layers-card-min` (180px, the least width of a column), `--layers-grid-gap` (16px), `--layers-sticky-top` (0px, where the bar stays),
 * `--layers-sunken` (the bar's ground), `--layers-on-accent` (words on the accent), `--layers-surface`, `--layers-border-strong`, `--layers-accent`,
 * `--layers-radius-card`, and those of the cards.
 */
export const ContainerGrid = guarded(
  'ContainerGrid',
  { tag: 'div' },
  function ContainerGrid(props: ContainerGridProps, ref: ForwardedRef<HTMLDivElement>) {
    // `containers={undefined}` is a list that has not come yet.
    if ('containers' in props) {
      const { projectId: _project, filters: _filters, refreshInterval: _interval, ...plain } = props;
      return <ContainerGridView {...plain} containers={plain.containers} card={PlainCard} rootRef={ref} />;
    }
    return <ConnectedContainerGrid {...props} rootRef={ref} />;
  },
);

function PlainCard({ variant, stages: _stages, ...props }: GridCardProps) {
  return <ContainerCard {...props} layout={variant === 'list' ? 'row' : 'card'} />;
}
