import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { isOver } from '../rowWatch.js';
import { useNote } from './look.js';
import type { RowProps } from './rows.js';

interface State {
  status: string;
  stage?: string | null;
  stageProgress?: number;
}

async function read(path: string, signal: AbortSignal): Promise<State> {
  const response = await fetch(`/v1/content/${path}`, { signal });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

/** The same row by hand: the record read once and again at the end, the progress at the documented cadence. */
export function ByHandRow({ id, ended }: RowProps) {
  const queryClient = useQueryClient();
  const since = useRef<{ stage: string | null | undefined; at: number } | null>(null);
  const { data: container } = useQuery({ queryKey: ['container', id], queryFn: ({ signal }) => read(id, signal) });
  const { data: progress } = useQuery({
    queryKey: ['progress', id],
    queryFn: async ({ signal }) => {
      const next = await read(`${id}/progress`, signal);
      if (isOver(next.status)) void queryClient.invalidateQueries({ queryKey: ['container', id] });
      return next;
    },
    refetchInterval: ({ state: { data } }) => {
      if (isOver(data?.status)) return false;
      if (since.current === null || since.current.stage !== data?.stage) since.current = { stage: data?.stage, at: Date.now() };
      return Date.now() - since.current.at > 30_000 ? 5_000 : 2_000;
    },
  });
  useNote(id, 'container', container?.status, ended);
  useNote(id, 'progress', progress?.status, ended);
  return (
    <div>
      {progress?.status} {progress?.stage}
      <progress value={progress?.stageProgress ?? 0} />
    </div>
  );
}
