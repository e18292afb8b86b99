/** Where the focus of a grid is, and how the grid is laid out. */
export interface GridPlace {
  index: number;
  count: number;
  columns: number;
  /** How many rows fit on the screen, 1 or more. */
  pageRows: number;
  isRightToLeft: boolean;
}

/** What of a key press matters. */
export interface GridKey {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
}

/**
 * Where a key moves the focus of a grid, by the ARIA Authoring Practices: arrows by one, Home and End within a row, with Ctrl over all, Page Up and Page
 * Down by a screen. `null`: the key moves nothing; with Ctrl or Cmd an arrow is the browser's (back, on a Mac).
 */
export function nextIndex(
  { key, ctrlKey, metaKey }: GridKey,
  { index, count, columns, pageRows, isRightToLeft }: GridPlace,
): number | null {
  const column = index % columns;
  const last = count - 1;
  const forward = isRightToLeft ? 'ArrowLeft' : 'ArrowRight';
  const backward = isRightToLeft ? 'ArrowRight' : 'ArrowLeft';
  const isOverAll = ctrlKey || metaKey;
  // In the last row a column may be empty: down goes to its last item, as long as that is further down.
  const down = (rows: number) => {
    const lastRow = Math.floor(last / columns);
    const row = Math.min(lastRow, Math.floor(index / columns) + rows);
    return Math.min(last, row * columns + column);
  };
  const up = (rows: number) => Math.max(column, index - rows * columns);
  if (isOverAll && key !== 'Home' && key !== 'End') return null;
  switch (key) {
    case forward:
      return Math.min(last, index + 1);
    case backward:
      return Math.max(0, index - 1);
    case 'ArrowDown':
      return down(1);
    case 'ArrowUp':
      return up(1);
    case 'PageDown':
      return down(pageRows);
    case 'PageUp':
      return up(pageRows);
    case 'Home':
      return isOverAll ? 0 : index - column;
    case 'End':
      return isOverAll ? last : Math.min(last, index - column + columns - 1);
    default:
      return null;
  }
}
