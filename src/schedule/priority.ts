/** The priority of a request: see {@link PRIORITIES}. */
export type Priority = (typeof PRIORITIES)[number];

/**
 * The priorities, highest first. `person`: a user action (refetch, load more, refresh, decide). `sweep`: a list read that covers many containers. `list`:
 * first data of a list. `first`: first data of a container. `screen`: polling of what is on screen. `rest`: everything else. All but `person` are background priorities.
 */
export const PRIORITIES = ['person', 'sweep', 'list', 'first', 'screen', 'rest'] as const;
