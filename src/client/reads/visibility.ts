/** What is on screen: the page as a whole, and each container on it. */
export class Visibility {
  readonly #changed: () => void;
  #override: boolean | null = null;
  #isListening = false;
  readonly #seen = new Map<string, Map<object, boolean>>();
  readonly #awaited = new Map<string, number>();

  /** @param changed called when the page or a container comes into view or goes */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Listens to the page from now on. */
  listen(): void {
    if (this.#isListening) return;
    this.#isListening = true;
    if (typeof document !== 'undefined') document.addEventListener('visibilitychange', this.#changed);
    if (typeof window !== 'undefined') for (const event of ['online', 'offline']) window.addEventListener(event, this.#changed);
  }

  /** Says itself whether the page counts as visible, where the platform does not (React Native); `null` leaves it to the document again. */
  override(isVisible: boolean | null): void {
    this.#override = isVisible;
    this.#changed();
  }

  /** Visible, not focused: a window beside another is read, a tab behind another is not. Where there is no page (a server) it counts as visible. */
  get isPageVisible(): boolean {
    if (this.#override !== null) return this.#override;
    return typeof document === 'undefined' || document.visibilityState !== 'hidden';
  }

  /** Whether a container is on screen: some component that shows it says so, or none has said anything. */
  isOnScreen(key: string): boolean {
    const seen = this.#seen.get(key);
    return seen === undefined || seen.size === 0 || [...seen.values()].includes(true);
  }

  /** Somebody wants to hear of a container's end while the page is hidden, too; returns what withdraws that. */
  awaitEnd(key: string): () => void {
    const add = (count: number) => {
      const total = (this.#awaited.get(key) ?? 0) + count;
      if (total > 0) this.#awaited.set(key, total);
      else this.#awaited.delete(key);
      if (!this.isPageVisible) this.#changed();
    };
    add(1);
    return () => add(-1);
  }

  isAwaited(key: string): boolean {
    return this.#awaited.has(key);
  }

  get isAnythingAwaited(): boolean {
    return this.#awaited.size > 0;
  }

  /** Stops listening to the page. */
  close(): void {
    this.#isListening = false;
    if (typeof document !== 'undefined') document.removeEventListener('visibilitychange', this.#changed);
    if (typeof window !== 'undefined') for (const event of ['online', 'offline']) window.removeEventListener(event, this.#changed);
  }

  /** A component says whether it is on screen with this container; returns what withdraws that. */
  show(key: string, component: object, onScreen: boolean): () => void {
    const seen = this.#seen.get(key) ?? new Map<object, boolean>();
    this.#seen.set(key, seen);
    const before = this.isOnScreen(key);
    seen.set(component, onScreen);
    if (this.isOnScreen(key) !== before) this.#changed();
    return () => {
      seen.delete(component);
      if (seen.size === 0 && this.#seen.get(key) === seen) this.#seen.delete(key);
      this.#changed();
    };
  }
}
