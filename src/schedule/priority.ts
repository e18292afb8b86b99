/** Who a request is for, most urgent first: see {@link PRIORITIES}. */
export type Priority = (typeof PRIORITIES)[number];

/**
 * The priorities in order. `person`: a person did something (opened, refetched, loaded more, decided). `sweep`: a list read that covers many containers.
 * `first`: first data of a container. `screen`: a poll of what is on screen. `rest`: everything else. All but `person` is background.
 */
export const PRIORITIES = ['person', 'sweep', 'first', 'screen', 'rest'] as const;
