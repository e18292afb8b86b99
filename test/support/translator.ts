/**
 * Translates a page as browsers do: puts each text into `<font>` elements with other words, at once and whenever the page changes. Returns what stops it.
 */
export function translate(root: Element): () => void {
  const observer = new MutationObserver(work);
  const watch = () => observer.observe(root, { childList: true, characterData: true, subtree: true });

  function work() {
    observer.disconnect();
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found: Text[] = [];
    while (texts.nextNode()) found.push(texts.currentNode as Text);
    for (const text of found) {
      if (text.data.trim() === '' || text.parentElement?.closest('font, script, style, textarea')) continue;
      const outer = document.createElement('font');
      const inner = outer.appendChild(document.createElement('font'));
      inner.textContent = foreign(text.data);
      text.replaceWith(outer);
    }
    watch();
  }

  work();
  return () => observer.disconnect();
}

/** What the translator makes of words: the same in brackets. */
export const foreign = (words: string) => `«${words}»`;
