/** The page as far as reads depend on it: whether it is seen, and which containers on it are. */
export class Page {
  readonly #changed: (what: 'page' | 'container') => void;
  #override: boolean | null = null;
  #isListening = false;
  readonly #shown = new Map<string, Map<object, boolean>>();
  readonly #awaited = new Map<string, number>();

  /** @param changed called when the page or a container comes into view or leaves it */
  constructor(changed: (what: 'page' | 'container') => void) {
    this.#changed = changed;
  }

  /** Visible, not focused: a window beside another is read, a tab behind another is not. Where there is no page (a server) it counts as visible. */
  get isVisible(): boolean {
    if (this.#override !== null) return this.#override;
    return typeof document === 'undefined' || document.visibilityState !== 'hidden';
  }

  get isOnline(): boolean {
    return typeof navigator === 'undefined' || navigator.onLine !== false;
  }

  /** Overrides what the platform says of the page's visibility (React Native); `null` leaves it to the document again. */
  override(isVisible: boolean | null): void {
    this.#override = isVisible;
    this.#changed('page');
  }

  /** Whether a container is on screen: some component that shows it says so, or none has said anything. */
  isOnScreen(key: string): boolean {
    const shown = this.#shown.get(key);
    return shown === undefined || [...shown.values()].includes(true);
  }

  /** A component says whether it is on screen with this container. Returns what withdraws that. */
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

  /** Somebody awaits a container's end while the page is hidden, too. Returns what withdraws that. */
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
    if (this.#isListening || typeof document === 'undefined') return;
    this.#isListening = true;
    document.addEventListener('visibilitychange', this.#heard);
    for (const event of ['online', 'offline']) window.addEventListener(event, this.#heard);
  }

  close(): void {
    if (!this.#isListening) return;
    this.#isListening = false;
    document.removeEventListener('visibilitychange', this.#heard);
    for (const event of ['online', 'offline']) window.removeEventListener(event, this.#heard);
  }

  readonly #heard = () => this.#changed('page');
}
