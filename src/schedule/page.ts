import { monotonicNow } from '../internal/monotonicNow.js';
import { isShown, onShownChange } from '../internal/shownDocuments.js';

/** What changed: the page became visible again, something else about it, a container came into view or left it, or the connection is back. */
export type PageChange = 'shown' | 'page' | 'container' | 'online';

/** Visibility of the page and of the containers on it, as far as reads depend on it. */
export class Page {
  readonly #changed: (what: PageChange) => void;
  #override: boolean | null = null;
  #stop: (() => void) | null = null;
  /** Since when it is hidden, as far as it was listened to; `null`: it is visible. */
  #hiddenAt: number | null = null;
  /** When it last became visible, on the clock of `monotonicNow`; `-Infinity`: it was never hidden. */
  shownAt = Number.NEGATIVE_INFINITY;
  /** How long it was hidden before that, in milliseconds. */
  hiddenFor = 0;
  /** When the connection last came back, on the clock of `monotonicNow`; `-Infinity`: it was never lost. */
  onlineAt = Number.NEGATIVE_INFINITY;
  /** When the browser last reported that there is no connection, on the clock of `monotonicNow`; `-Infinity`: never. */
  offlineAt = Number.NEGATIVE_INFINITY;
  readonly #shown = new Map<string, Map<object, boolean>>();
  readonly #awaited = new Map<string, number>();

  constructor(changed: (what: PageChange) => void) {
    this.#changed = changed;
  }

  /**
   * Visible, not focused: a window beside another counts, a background tab doesn't, unless a window that it has opened shows something of it. Without a
   * document (on a server) it is `true`.
   */
  get isVisible(): boolean {
    return this.#override ?? isShown();
  }

  /** What the browser reports, which can be wrong: a VPN, or a server on the same machine, is reached all the same. */
  get isOnline(): boolean {
    return typeof navigator === 'undefined' || navigator.onLine !== false;
  }

  override(isVisible: boolean | null): void {
    this.#override = isVisible;
    this.#seen();
  }

  /** Whether a container is on screen: a component reported it, or none has reported anything. */
  isOnScreen(key: string): boolean {
    const shown = this.#shown.get(key);
    return shown === undefined || [...shown.values()].includes(true);
  }

  show(key: string, component: object, isOnScreen: boolean): () => void {
    const before = this.isOnScreen(key);
    const shown = this.#shown.get(key) ?? new Map<object, boolean>();
    this.#shown.set(key, shown.set(component, isOnScreen));
    if (this.isOnScreen(key) !== before) this.#changed('container');
    return () => {
      if (!shown.delete(component)) return;
      if (shown.size === 0 && this.#shown.get(key) === shown) this.#shown.delete(key);
      this.#changed('container');
    };
  }

  awaitEnd(key: string): () => void {
    const add = (count: number) => {
      const total = (this.#awaited.get(key) ?? 0) + count;
      if (total > 0) this.#awaited.set(key, total);
      else this.#awaited.delete(key);
      if (!this.isVisible) this.#changed('container');
    };
    add(1);
    let isAwaiting = true;
    return () => {
      if (isAwaiting) add(-1);
      isAwaiting = false;
    };
  }

  isAwaited(key: string): boolean {
    return this.#awaited.has(key);
  }

  get isAnythingAwaited(): boolean {
    return this.#awaited.size > 0;
  }

  listen(): void {
    if (this.#stop !== null || typeof document === 'undefined') return;
    if (!this.isOnline) this.offlineAt = monotonicNow();
    // It can be opened in a background tab.
    this.#hiddenAt = this.isVisible ? null : (this.#hiddenAt ?? monotonicNow());
    this.#stop = onShownChange(() => this.#seen());
    for (const event of ['online', 'offline']) window.addEventListener(event, this.#heard);
  }

  close(): void {
    if (this.#stop === null) return;
    this.#stop();
    this.#stop = null;
    for (const event of ['online', 'offline']) window.removeEventListener(event, this.#heard);
  }

  readonly #heard = ({ type }: Event) => {
    if (type === 'offline') {
      this.offlineAt = monotonicNow();
      return this.#seen();
    }
    this.onlineAt = monotonicNow();
    this.#changed('online');
  };

  #seen(): void {
    const now = monotonicNow();
    const hiddenAt = this.#hiddenAt;
    this.#hiddenAt = this.isVisible ? null : (hiddenAt ?? now);
    if (hiddenAt === null || !this.isVisible) return this.#changed('page');
    this.hiddenFor = now - hiddenAt;
    this.shownAt = now;
    this.#changed('shown');
  }
}
