import { monotonicNow } from '../../internal/monotonicNow.js';
import type { ReaderStatus } from '../reader/reader.js';
import type { LayersServerEvent } from './events.js';

/** The server part at a moment. */
export interface ServerStatus extends ReaderStatus {
  /** Open streams of events. */
  viewers: number;
  /** Containers and jobs that are followed, by push or by polling. */
  followed: number;
}

interface MetricConfig {
  name: string;
  help: string;
  labelNames?: string[];
  registers: never[];
}

/** What is used of the `prom-client` module. */
export interface PromClient {
  Counter: new (config: MetricConfig) => { inc(labels: Record<string, string>): void };
  Histogram: new (config: MetricConfig & { buckets: number[] }) => { observe(labels: Record<string, string>, value: number): void };
  Gauge: new (config: MetricConfig & { collect: () => void }) => { set(value: number): void };
  /** Where the metrics are registered. */
  register: { removeSingleMetric(name: string): void };
}

/** Whether a value has what is used of `prom-client`. */
export const isPromClient = (value: PromClient | null) =>
  ['Counter', 'Histogram', 'Gauge'].every((name) => typeof value?.[name as keyof PromClient] === 'function') &&
  typeof value?.register?.removeSingleMetric === 'function';

/** Seconds: a kept response takes less than a millisecond, one that waits for the budget up to 12 s. */
const BUCKETS = [0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15];

/** Every gauge: name, help, and how it is read at each scrape. Add further ones here. */
const gauges: [name: string, help: string, read: (status: ServerStatus) => number][] = [
  ['layers_budget_spent_reads', 'Reads of the API in the last 60 s', ({ spent }) => spent],
  ['layers_budget_limit_reads', 'Most reads of the API in any 60 s', ({ limit }) => limit],
  ['layers_queued_reads', 'Reads that wait for the budget', ({ queued }) => queued],
  ['layers_paused', '1 while the API has asked for a pause of all reads', ({ pausedUntil }) => Number(pausedUntil > monotonicNow())],
  ['layers_viewers', 'Streams of events that are open', ({ viewers }) => viewers],
  ['layers_followed', 'Containers and jobs that are followed, by push or by polling', ({ followed }) => followed],
  ['layers_kept_response_bytes', 'Size of the kept responses, approximately', ({ keptBytes }) => keptBytes],
];

/** Registers the metrics, in place of those of an earlier server part. @returns what counts an event */
export function registerMetrics(client: PromClient, statusOf: () => ServerStatus): (event: LayersServerEvent) => void {
  const { register } = client;
  const common = (name: string, help: string) => {
    // A development server creates the server part again whenever its file changes.
    register.removeSingleMetric(name);
    return { name, help, registers: [register as never] };
  };
  const seconds = (name: string, help: string) => new client.Histogram({ ...common(name, help), labelNames: ['route'], buckets: BUCKETS });
  const counters = {
    request: new client.Counter({
      ...common('layers_requests_total', 'Requests of browsers'),
      labelNames: ['route', 'status', 'cache'],
    }),
    upstream: new client.Counter({ ...common('layers_upstream_requests_total', 'Requests to the API'), labelNames: ['route', 'status'] }),
  };
  const histograms = {
    request: seconds('layers_request_seconds', 'Time until a browser got its response'),
    upstream: seconds('layers_upstream_seconds', 'Time until the API had responded'),
  };
  for (const [name, help, read] of gauges) {
    const gauge: { set(value: number): void } = new client.Gauge({ ...common(name, help), collect: () => gauge.set(read(statusOf())) });
  }
  return ({ kind, route, status, code, cache, durationMs }) => {
    const labels = { route, status: String(status ?? code) };
    counters[kind].inc(kind === 'request' ? { ...labels, cache: cache ?? 'none' } : labels);
    histograms[kind].observe({ route }, durationMs / 1_000);
  };
}
