'use client';
import { type ComponentType, type CSSProperties, memo, type ReactNode } from 'react';
import type { ContainerSummary } from '../../model/container.js';
import { containerName } from '../../model/containerName.js';
import { isTerminalStatus } from '../../model/status.js';
import { callHost } from '../../internal/callHost.js';
import { useWords } from '../../provider/MessagesContext.js';
import type { GridCardProps } from './types.js';
import { useKnownWords } from './useKnownWords.js';
import { gridWords } from './words.js';

/** How the containers of a grid are drawn; the same object for as long as nothing of it changes. */
export interface GridLook extends Omit<GridCardProps, 'container' | 'href'> {
  card: ComponentType<GridCardProps>;
  renderItem: ((container: ContainerSummary, index: number) => ReactNode) | undefined;
}

interface GridItemProps {
  container: ContainerSummary;
  index: number;
  /** The one that the Tab key reaches. */
  isActive: boolean;
  /** `null`: cannot be selected. */
  isSelected: boolean | null;
  look: GridLook;
  href: string | undefined;
  /** The row that it is the first of, and as high as. */
  row?: number | undefined;
  /** Where it stands when it is not in the flow of the others. */
  style?: CSSProperties | undefined;
}

/**
 * One container of a grid. It is a `row` of one cell, as a list of cards is read best: how many columns there are is the screen's matter, and elements
 * that move to another column stay what they are.
 */
export const GridItem = memo(function GridItem({ container: listed, index, isActive, isSelected, look, href, row, style }: GridItemProps) {
  const { messages } = useWords(gridWords);
  const container = useKnownWords(listed);
  const { card: Card, renderItem, ...props } = look;
  const said = messages.status(container.status);
  // What is in flight is often named only later.
  const name = containerName(container) ?? (isTerminalStatus(container.status) ? messages.untitled : null);
  const content = renderItem ? callHost(renderItem, container, index) : <Card {...props} container={container} href={href} />;
  return (
    <div
      role="row"
      tabIndex={isActive ? 0 : -1}
      aria-rowindex={index + 1}
      aria-selected={isSelected ?? undefined}
      aria-label={name === null ? said : `${name}${messages.separator}${said}`}
      data-part="item"
      data-id={container.id}
      data-row={row}
      style={style}
    >
      <div role="gridcell" data-part="cell">
        {isSelected !== null && (
          <input
            type="checkbox"
            // It belongs to no form of the host's, which Enter on it would submit.
            form=""
            data-part="select"
            data-select={container.id}
            aria-label={messages.gridSelect(name ?? said)}
            checked={isSelected}
            // The grid hears the click, which says whether Shift was held.
            onChange={() => undefined}
          />
        )}
        {content}
      </div>
    </div>
  );
});
