/**
 * The text of an element that React draws, and that is written between two renders as well. What stands there isn't looked at: a page translator may have put
 * other words in its place.
 */
export class LiveText {
  #element: Element | null = null;
  #drawn: string | undefined;
  #text: string | undefined;

  /** A render has drawn this. React writes only what is other than it drew before. */
  drew(element: Element | null, text: string): void {
    if (element !== this.#element || text !== this.#drawn) this.#text = text;
    this.#element = element;
    this.#drawn = text;
  }

  /** Puts words in place, where they are other than those that were put there last. */
  write(text: string): void {
    if (this.#element === null || text === this.#text) return;
    this.#text = text;
    this.#element.textContent = text;
  }
}
