/** How often an element is put back: nobody is served by a fight with what takes it away each time. */
const MOST_RETURNS = 3;

/**
 * Puts an element of React's back where it was when something else takes it out, as extensions of a browser do: React throws where it removes an element that
 * is not there, or draws another one before it.
 *
 * @param onReturn called whenever it was put back
 * @returns ends that; to be called before React removes the element, as the cleanup of a layout effect is
 */
export function keepInPlace(element: Element, onReturn?: () => void): () => void {
  const parent = element.parentNode;
  if (!parent) return () => undefined;
  const putBack = (records: MutationRecord[]) => {
    const next = records.find(({ removedNodes }) => [...removedNodes].includes(element))?.nextSibling;
    parent.insertBefore(element, next?.parentNode === parent ? next : null);
  };
  let returns = 0;
  const observer = new MutationObserver((records) => {
    if (element.parentNode === parent || returns === MOST_RETURNS) return;
    returns += 1;
    putBack(records);
    onReturn?.();
  });
  observer.observe(parent, { childList: true });
  return () => {
    const records = observer.takeRecords();
    observer.disconnect();
    if (element.parentNode !== parent) putBack(records);
  };
}
