/** What has the focus in the tree that holds a node: its document, or the shadow root around it. */
export function focusedIn(node: Node): Element | null {
  return (node.getRootNode() as Partial<DocumentOrShadowRoot>).activeElement ?? null;
}

/** Whether nothing in a document has the focus, as after what had it was removed. */
export const hasNoFocus = ({ activeElement, body }: Document): boolean => activeElement === null || activeElement === body;

/** What fills the screen, in the tree that holds a node. */
export function fullscreenIn(node: Node): Element | null {
  return (node.getRootNode() as Partial<DocumentOrShadowRoot>).fullscreenElement ?? null;
}

/** The video that has a window of its own (picture in picture), in the tree that holds a node. */
export function picturedIn(node: Node): Element | null {
  return (node.getRootNode() as Partial<DocumentOrShadowRoot>).pictureInPictureElement ?? null;
}

/** Whether something that scrolls is an element, not a window. Of any document: `instanceof` knows only those of its own. */
export const isElement = (scroller: Element | Window): scroller is Element => 'nodeType' in scroller;

/** The window that something that scrolls is in; `null`: its document has none any more. */
export const viewOf = (scroller: Element | Window): Window | null => (isElement(scroller) ? scroller.ownerDocument.defaultView : scroller);
