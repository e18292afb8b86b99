/** What is done when the page goes to the back/forward cache or is frozen, and when it comes back. */
export interface PageLife {
  suspend: () => void;
  resume: () => void;
}

/**
 * Calls `suspend` when the page goes away or is frozen, and `resume` when it comes back from the back/forward cache or is no longer frozen. An open
 * channel or a held lock keeps a page out of that cache in some browsers. Returns what stops listening; without a page there is nothing to listen to.
 */
export function pageLife({ suspend, resume }: PageLife): () => void {
  if (typeof window === 'undefined' || typeof document === 'undefined') return () => {};
  const shown = ({ persisted }: PageTransitionEvent) => {
    if (persisted) resume();
  };
  window.addEventListener('pagehide', suspend);
  window.addEventListener('pageshow', shown);
  document.addEventListener('freeze', suspend);
  document.addEventListener('resume', resume);
  return () => {
    window.removeEventListener('pagehide', suspend);
    window.removeEventListener('pageshow', shown);
    document.removeEventListener('freeze', suspend);
    document.removeEventListener('resume', resume);
  };
}
