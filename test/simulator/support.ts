import { readFileSync } from 'node:fs';
import { createSimulator, type Simulator, type SimulatorOptions } from '../../src/testing.js';

/** The members of any answer that tests look at. */
export interface WireBody {
  id: string;
  projectId: string;
  containerId: string;
  containerIds: string[];
  jobId: string;
  status: string;
  stage: string | null;
  stageProgress: number;
  progress: number;
  etaSeconds: number | null;
  updatedAt: string;
  approvalStatus: string;
  format: string | null;
  hook: string | null;
  caption: string | null;
  brief: Record<string, unknown>;
  creativeType: string;
  createdAt: string;
  completedAt: string | null;
  failedAt: string | null;
  finishedAt: string;
  lastError: { code: string; message: string } | null;
  error: { code: string; message: string; requestId: string; details?: { issues?: { path: string[] }[] } & Record<string, unknown> };
  preview: WirePreview | null;
  assets: { assetId: string; url: string; kind: string }[];
  primaryAsset: { assetId: string; thumbnailUrl: string } | null;
  items: WireBody[];
  nextCursor: string | null;
  [name: string]: unknown;
}

interface WirePreview {
  kind: string;
  primaryUrl: string;
  imageUrls?: string[];
  videoUrl: string | null;
  thumbnailUrl: string | null;
  hlsUrl: string | null;
  durationMs: number | null;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** Empty when the answer is no JSON object. */
  body: WireBody;
}

export const start = Date.UTC(2026, 3, 18, 9, 30);

/** A simulator whose clock stands still until it is moved. */
export function setup(options: SimulatorOptions = {}) {
  let time = start;
  const simulator = createSimulator({ now: () => time, ...options });
  const [project = ''] = simulator.projectIds;
  const send = sender(simulator);
  return {
    simulator,
    project,
    advance: (ms: number) => {
      time += ms;
    },
    get: (path: string, headers?: Record<string, string>) => send('GET', path, undefined, headers),
    post: (path: string, body?: unknown, headers?: Record<string, string>) => send('POST', path, body, headers),
    patch: (path: string, body?: unknown, headers?: Record<string, string>) => send('PATCH', path, body, headers),
    send,
  };
}

function sender(simulator: Simulator) {
  return async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> => {
    const text = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
    const response = await simulator.fetch(`https://partner.example/layers${path}`, { method, headers, body: text });
    return answerOf(response);
  };
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  let body: unknown = {};
  try {
    body = JSON.parse(text);
  } catch {
    // Some faults send no JSON.
  }
  return { status: response.status, headers: response.headers, text, body: body as WireBody };
}

/** A sample of the documentation, comments taken out. */
export function sample(name: string): Record<string, unknown> {
  const url = new URL(`../fixtures/api/${name}`, import.meta.url);
  const parsed: unknown = JSON.parse(readFileSync(url, 'utf8').replaceAll(/\/\*.*?\*\//g, ''));
  return parsed as Record<string, unknown>;
}

/** The members of an object in name order. */
export function keys(value: unknown): string[] {
  return Object.keys(value as object).sort();
}

/** A generation of known lengths: 2 s in the queue, then 10 s, 60 s and 8 s. */
export const slow = {
  queuedMs: 2000,
  stages: [
    { stage: 'writing_script', durationMs: 10_000 },
    { stage: 'generating_visuals', durationMs: 60_000 },
    { stage: 'finalizing', durationMs: 8000 },
  ],
  eta: 'exact',
} as const;
