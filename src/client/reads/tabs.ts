import { isLayersError, LayersError } from '../../model/errors.js';
import type { ContainerPage } from '../../model/containerPage.js';
import type { Answer } from '../answers.js';
import type { SweepQuestion } from './planReads.js';
import type { Lane } from './readBudget.js';

/** The pages of one sweep, as they were read. */
export interface SharedSweep {
  projectId: string;
  question: SweepQuestion;
  pages: readonly ContainerPage[];
}

/** What tabs say to each other. */
type TabMessage =
  /** A tab that does not read asks the one that does. */
  | { kind: 'ask'; path: string; lane: Lane }
  | { kind: 'answer'; answer: Answer }
  | { kind: 'failure'; path: string; error: SharedError }
  | { kind: 'sweep'; sweep: SharedSweep }
  /** A read left: whoever reads next must know what was spent. */
  | { kind: 'spent'; at: number; page: string }
  /** Another tab reads from now on: what was asked of the last one is asked again. */
  | { kind: 'reader' };

type SharedError = Pick<LayersError, 'code' | 'message' | 'status' | 'requestId' | 'details' | 'retryAfterMs'>;

/** What a tab does for the others and with what it hears. */
export interface TabDuties {
  /** Only a visible tab may read for all. */
  isPageVisible(): boolean;
  /** The reader was asked for an address: whether it is read anyway, or was just read (then it says so again). */
  asked(path: string, lane: Lane): void;
  /** Another tab read this. */
  heard(answer: Answer): void;
  heardSweep(sweep: SharedSweep): void;
  heardSpent(at: number): void;
}

interface Waiting {
  lane: Lane;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
  /** Reads it here after all. */
  readHere: () => void;
}

/** Tells this page from the others. */
const PAGE = Math.random().toString(36).slice(2);

/** Whether this browser can share reads between tabs. */
export function canShareTabs(): boolean {
  return (
    typeof document !== 'undefined' && typeof BroadcastChannel === 'function' && typeof navigator !== 'undefined' && 'locks' in navigator
  );
}

/**
 * The tabs of one origin and scope: one of them, a visible one, reads for all (it holds a Web Lock), and tells the others by a BroadcastChannel. When it is
 * closed or hidden the lock goes to the next visible tab that waits for it, at once.
 */
export class Tabs {
  readonly #duties: TabDuties;
  readonly #name: string;
  readonly #channel: BroadcastChannel;
  readonly #waiting = new Map<string, Set<Waiting>>();
  #isReader = false;
  #isInLine = false;
  #leaveLine: (() => void) | undefined;

  /** @param scope whose answers these are: tabs of another session must not hear them */
  constructor(scope: string, duties: TabDuties) {
    this.#duties = duties;
    this.#name = `layers-react ${scope}`;
    this.#channel = new BroadcastChannel(this.#name);
    this.#channel.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => this.#hear(data));
  }

  /** Whether this tab reads for all. */
  get isReader(): boolean {
    return this.#isReader;
  }

  /** Stands in line to be the reader while the page is visible, and leaves when it is not. */
  setVisible(isVisible: boolean): void {
    if (isVisible) void this.#standInLine();
    else this.#leaveLine?.();
  }

  /** Reads an address here if this tab is the reader, else asks the tab that is. */
  async exchange(path: string, lane: Lane, signal: AbortSignal, readHere: () => Promise<Answer>): Promise<Answer> {
    await this.#standInLine();
    if (this.#isReader) return this.#readAndTell(path, readHere);
    return new Promise<Answer>((resolve, reject) => {
      const waiting: Waiting = {
        lane,
        resolve,
        reject,
        readHere: () => void this.#readAndTell(path, readHere).then(resolve, reject),
      };
      const group = this.#waiting.get(path) ?? new Set<Waiting>();
      this.#waiting.set(path, group.add(waiting));
      signal.addEventListener(
        'abort',
        () => {
          group.delete(waiting);
          reject(signal.reason);
        },
        { once: true },
      );
      this.#say({ kind: 'ask', path, lane });
    });
  }

  /** Tells an answer again, for a tab that asked for what is known already. */
  tell(answer: Answer): void {
    this.#say({ kind: 'answer', answer });
  }

  /** Tells what a sweep brought, so that no other tab asks the same. */
  tellSweep(sweep: SharedSweep): void {
    this.#say({ kind: 'sweep', sweep });
  }

  tellSpent(at: number): void {
    if (this.#isReader) this.#say({ kind: 'spent', at, page: PAGE });
  }

  /** Leaves the others for good. */
  close(): void {
    this.#leaveLine?.();
    this.#channel.close();
  }

  async #readAndTell(path: string, readHere: () => Promise<Answer>): Promise<Answer> {
    try {
      const answer = await readHere();
      this.tell(answer);
      return answer;
    } catch (error) {
      if (isLayersError(error)) this.#say({ kind: 'failure', path, error: plain(error) });
      throw error;
    }
  }

  async #standInLine(): Promise<void> {
    if (this.#isInLine || !this.#duties.isPageVisible()) return;
    this.#isInLine = true;
    const { locks } = navigator;
    await new Promise<void>((decided) => {
      const hold = () =>
        new Promise<void>((release) => {
          this.#leaveLine = () => {
            this.#isReader = false;
            this.#isInLine = false;
            this.#leaveLine = undefined;
            release();
          };
          this.#becomeReader();
          decided();
        });
      void locks.request(this.#name, { ifAvailable: true }, (lock) => {
        if (lock !== null) return hold();
        // Somebody reads already. Take its place when it goes, unless this tab has gone before.
        const left = new AbortController();
        this.#leaveLine = () => {
          this.#isInLine = false;
          this.#leaveLine = undefined;
          left.abort();
        };
        locks.request(this.#name, { signal: left.signal }, hold).catch(() => undefined);
        decided();
        return undefined;
      });
    });
  }

  #becomeReader(): void {
    this.#isReader = true;
    this.#say({ kind: 'reader' });
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const group of waiting) for (const each of group) each.readHere();
  }

  #hear(message: TabMessage): void {
    switch (message.kind) {
      case 'ask':
        if (this.#isReader) this.#duties.asked(message.path, message.lane);
        return;
      case 'answer':
        if (!this.#settle(message.answer.path, ({ resolve }) => resolve(message.answer))) this.#duties.heard(message.answer);
        return;
      case 'failure':
        this.#settle(message.path, ({ reject }) => reject(new LayersError(message.error)));
        return;
      case 'sweep':
        this.#duties.heardSweep(message.sweep);
        return;
      case 'spent':
        // Two clients of one page spend from one budget already.
        if (message.page !== PAGE) this.#duties.heardSpent(message.at);
        return;
      case 'reader':
        for (const [path, group] of this.#waiting) for (const { lane } of group) this.#say({ kind: 'ask', path, lane });
        return;
      default:
        message satisfies never;
    }
  }

  #settle(path: string, settle: (waiting: Waiting) => void): boolean {
    const group = this.#waiting.get(path);
    if (group === undefined) return false;
    this.#waiting.delete(path);
    for (const waiting of group) settle(waiting);
    return group.size > 0;
  }

  #say(message: TabMessage): void {
    try {
      this.#channel.postMessage(message);
    } catch {
      // The channel is closed: this tab is going away.
    }
  }
}

function plain({ code, message, status, requestId, details, retryAfterMs }: LayersError): SharedError {
  return { code, message, status, requestId, details, retryAfterMs };
}
