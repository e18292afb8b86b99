/** Callbacks for the page entering and leaving the back/forward cache or the frozen state. */
export interface PageLife {
  suspend: () => void;
  resume: () => void;
}

/**
 * Calls `suspend` when the page is hidden for good or frozen, and `resume` when it returns from the back/forward cache or is unfrozen. An open channel or a
 * held lock keeps a page out of that cache in some browsers. Returns a function that stops listening; does nothing without a document.
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
