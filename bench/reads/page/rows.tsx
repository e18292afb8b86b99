import { type ComponentType, memo, useCallback, useEffect, useState } from 'react';
import { readMarks } from './look.js';
import type { PagePlan, PlannedRow } from './plan.js';

/** What every kind of row takes. */
export interface RowProps {
  id: string;
  ended: () => void;
}

const ROW_HEIGHT = 40;
/** Rows that have ended stand there until both hooks know it: there is room for them, too. */
const ROOM = 1.6;
const LEAVES_AFTER_MS = 1_000;

/** A scrolling box: the rows of the plan that are on screen, the others far below the fold. */
export function RowsPage({ plan, Row }: { plan: PagePlan; Row: ComponentType<RowProps> }) {
  const [rows, setRows] = useState(plan.rows);
  useEffect(() => {
    window.addRows = (added) => setRows((before) => [...added, ...before]);
    window.readMarks = readMarks;
  }, []);
  const leave = useCallback((id: string) => {
    setTimeout(() => setRows((before) => before.filter((row) => row.id !== id)), LEAVES_AFTER_MS);
  }, []);
  const first = plan.rows.filter(({ onScreen }) => onScreen).length;
  const columns = Math.max(1, Math.ceil((first * ROOM * ROW_HEIGHT) / innerHeight));
  const grid = { display: 'grid', gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`, alignContent: 'start' };
  const draw = (of: PlannedRow[]) => of.map((row) => <Place key={row.id} row={row} Row={Row} leave={leave} />);
  return (
    <div style={{ height: '100vh', overflow: 'auto' }}>
      <div style={{ ...grid, minHeight: 'calc(100vh + 400px)' }}>{draw(rows.filter(({ onScreen }) => onScreen))}</div>
      <div style={grid}>{draw(rows.filter(({ onScreen }) => !onScreen))}</div>
    </div>
  );
}

const Place = memo(function Place({ row, Row, leave }: { row: PlannedRow; Row: ComponentType<RowProps>; leave: (id: string) => void }) {
  const { id, stays } = row;
  const ended = useCallback(() => {
    if (!stays) leave(id);
  }, [id, stays, leave]);
  return (
    <div data-row={id} style={{ height: ROW_HEIGHT, overflow: 'hidden' }}>
      <Row id={id} ended={ended} />
    </div>
  );
});
