import { heldBy } from '../internal/heldBy.js';
import { Listeners } from '../internal/listeners.js';
import type { LayersClient } from '../schedule/scheduledClient.js';
import { containerKey } from '../model/ids.js';
import { normalizeFormat } from '../model/status.js';
import type { ContainerProgress } from '../progress/ContainerProgress.js';
import { forgetLife, learnFromProgress, parseProgressHistory, type FinishedLife, type ProgressHistory } from '../progress/history.js';
import { type PlannedStage, planOf, type StagePlan } from '../progress/options.js';

const LIVES_REMEMBERED = 500;

/** Stage durations that a client has learned from completed generations, or that its host expects. */
export class ProgressHistoryStore {
  /** `null`: nothing learned yet. */
  current: ProgressHistory | null = null;
  /** Called with each updated history. */
  readonly learned = new Listeners<[history: ProgressHistory]>();
  #hasLearned = false;
  /** The last generation learned from, by container: several caches report the same end. `unfiled`: under no format, as long as nothing has told it. */
  readonly #lives = new Map<string, { startedAt: number; unfiled: FinishedLife | null }>();
  /** One of each provider that expects stages; the latest applies. */
  readonly #expected = new Set<{ stages: StagePlan | Readonly<Record<string, StagePlan>> }>();

  /** Starts from a persisted history, unless something has been learned already. Invalid parts are dropped. */
  seed(kept: unknown): void {
    if (!this.#hasLearned && kept !== null && kept !== undefined) this.current = parseProgressHistory(kept);
  }

  /** Learns from a completed container, once per generation. */
  learn(finished: ContainerProgress, format: string | null): void {
    const key = containerKey(finished.containerId);
    const known = this.#lives.get(key);
    if (known?.startedAt === finished.startedAt) return;
    if (this.#lives.size === LIVES_REMEMBERED) this.#lives.clear();
    const before = this.current ?? { version: 1, formats: {} };
    const next = learnFromProgress(before, finished, format);
    const isUnfiled = format === null && next !== before;
    this.#lives.set(key, { startedAt: finished.startedAt, unfiled: isUnfiled ? (next.formats['']?.at(-1) ?? null) : null });
    if (next !== before) this.#keep(next);
  }

  /** Files a life under its format, where that was told only after its end. */
  file(finished: ContainerProgress, format: string): void {
    const known = this.#lives.get(containerKey(finished.containerId));
    if (!known?.unfiled || known.startedAt !== finished.startedAt || this.current === null) return;
    const next = learnFromProgress(forgetLife(this.current, known.unfiled), finished, format);
    known.unfiled = null;
    this.#keep(next);
  }

  /** The host expects these stages. Returns what ends this. */
  expect(stages: StagePlan | Readonly<Record<string, StagePlan>> | undefined): () => void {
    if (stages === undefined) return () => {};
    const expected = { stages };
    this.#expected.add(expected);
    return () => void this.#expected.delete(expected);
  }

  /** The plan for a format; `undefined`: none is expected. */
  planFor(format: string | null): PlannedStage[] | undefined {
    const expected = [...this.#expected].at(-1)?.stages;
    if (expected === undefined) return undefined;
    if (Array.isArray(expected)) return planOf(expected as StagePlan);
    return planOf(Object.entries(expected).find(([name]) => normalizeFormat(name) === format)?.[1] as StagePlan | undefined);
  }

  #keep(next: ProgressHistory): void {
    this.current = next;
    this.#hasLearned = true;
    this.learned.call(next);
  }
}

/** The history of a client, shared by all its queries. */
export const progressHistoryOf = heldBy<ProgressHistoryStore, LayersClient>(() => new ProgressHistoryStore());
