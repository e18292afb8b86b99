/** The jobs envelope: `GET /v1/jobs/:jobId` and every 202. `running` is the only status that changes by itself; an unknown one reads as `running`. */
export interface Job {
  jobId: string;
  /** `content_generate`, …; an open set. */
  kind: string | null;
  status: 'running' | 'completed' | 'failed' | 'canceled';
  rawStatus: string;
  /** Share of the whole job, 0 to 1, clamped; unlike a container's `stageProgress` it only moves forward. `null` when absent. */
  progress: number | null;
  stage: string | null;
  projectId: string | null;
  /** `containerIds`, else `[containerId]`, else the id in `result`; `[]` when none is named. */
  containerIds: string[];
  startedAt: string | null;
  finishedAt: string | null;
  result: Record<string, unknown> | null;
  error: { code: string; message: string } | null;
}
