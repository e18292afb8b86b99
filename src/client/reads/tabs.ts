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
  /** Something was written: what was asked for before must answer nobody any more. `approval`: what was decided, if it was that. */
  | { kind: 'wrote'; approval: { containerId: string; status: string } | null }
  /** The reader heard what was asked. */
  | { kind: 'heard'; path: string }
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
  heardWrite(approval: { containerId: string; status: string } | null): void;
}

interface Waiting {
  lane: Lane;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
  /** Reads it here after all. */
  readHere: () => void;
  /** The reader lives: it is worth waiting for. */
  acknowledge: () => void;
}

/** Tells this page from the others. */
const PAGE = Math.random().toString(36).slice(2);

/** A reader that has not acknowledged after this time is not waited for. */
const SILENCE_MS = 1_000;

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
  #opened: BroadcastChannel | undefined;
  readonly #waiting = new Map<string, Set<Waiting>>();
  #isReader = false;
  #isInLine = false;
  #leaveLine: (() => void) | undefined;
  /** The browser has locks and refuses them here (a sandboxed frame, blocked storage). */
  #isBroken = false;

  /** @param scope whose answers these are: tabs of another session must not hear them */
  constructor(scope: string, duties: TabDuties) {
    this.#duties = duties;
    this.#name = `layers-react ${scope}`;
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
    // A hidden tab waits at its own gate, mostly until it is seen; a browser that refuses locks leaves each tab to itself.
    if (!this.#duties.isPageVisible() || this.#isBroken) return this.#readAndTell(path, readHere);
    await this.#standInLine();
    if (this.#isReader) return this.#readAndTell(path, readHere);
    if (this.#isBroken) return readHere();
    return new Promise<Answer>((resolve, reject) => {
      const group = this.#waiting.get(path) ?? new Set<Waiting>();
      const leave = () => {
        clearTimeout(timer);
        group.delete(waiting);
        signal.removeEventListener('abort', cancel);
      };
      const cancel = () => {
        leave();
        reject(signal.reason);
      };
      const waiting: Waiting = {
        lane,
        resolve: (answer) => {
          leave();
          resolve(answer);
        },
        reject: (error) => {
          leave();
          reject(error);
        },
        readHere: () => {
          leave();
          this.#readAndTell(path, readHere).then(resolve, reject);
        },
        acknowledge: () => clearTimeout(timer),
      };
      // A reader that hangs (an alert, a debugger) holds its lock all the same.
      const timer = setTimeout(waiting.readHere, SILENCE_MS);
      this.#waiting.set(path, group.add(waiting));
      signal.addEventListener('abort', cancel, { once: true });
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

  /** Tells that something was written here. */
  tellWrite(approval: { containerId: string; status: string } | null): void {
    this.#say({ kind: 'wrote', approval });
  }

  tellSpent(at: number): void {
    this.#say({ kind: 'spent', at, page: PAGE });
  }

  /** Leaves the others for good. */
  close(): void {
    this.#leaveLine?.();
    this.#opened?.close();
    this.#opened = undefined;
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
    if (this.#isInLine || this.#isBroken || !this.#duties.isPageVisible()) return;
    this.#isInLine = true;
    const { locks } = navigator;
    await new Promise<void>((decided) => {
      const hold = async () => {
        if (!this.#duties.isPageVisible()) {
          this.#isInLine = false;
          return decided();
        }
        await new Promise<void>((release) => {
          this.#leaveLine = () => {
            this.#isReader = false;
            this.#isInLine = false;
            this.#leaveLine = undefined;
            release();
          };
          this.#becomeReader();
          decided();
        });
      };
      const refused = () => {
        this.#isBroken = true;
        decided();
      };
      locks
        .request(this.#name, { ifAvailable: true }, (lock) => {
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
        })
        .catch(refused);
    });
  }

  #becomeReader(): void {
    this.#isReader = true;
    this.#say({ kind: 'reader' });
    const waiting = [...this.#waiting.values()].flatMap((group) => [...group]);
    this.#waiting.clear();
    for (const each of waiting) each.readHere();
  }

  #hear(message: TabMessage): void {
    switch (message.kind) {
      case 'ask':
        if (!this.#isReader) return;
        this.#say({ kind: 'heard', path: message.path });
        this.#duties.asked(message.path, message.lane);
        return;
      case 'heard':
        for (const { acknowledge } of this.#waiting.get(message.path) ?? []) acknowledge();
        return;
      case 'wrote':
        this.#duties.heardWrite(message.approval);
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
    const waiting = [...group];
    for (const each of waiting) settle(each);
    return waiting.length > 0;
  }

  /** Opened when it is first needed: a client that reads nothing listens to nothing. */
  #channel(): BroadcastChannel {
    if (this.#opened === undefined) {
      this.#opened = new BroadcastChannel(this.#name);
      this.#opened.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => this.#hear(data));
    }
    return this.#opened;
  }

  /** Hears the others from now on. */
  listen(): void {
    this.#channel();
  }

  #say(message: TabMessage): void {
    try {
      this.#channel().postMessage(message);
    } catch {
      // The channel is closed: this tab is going away.
    }
  }
}

function plain({ code, message, status, requestId, details, retryAfterMs }: LayersError): SharedError {
  return { code, message, status, requestId, details, retryAfterMs };
}
