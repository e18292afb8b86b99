/**
 * Who waits for a request, most urgent first: `person` - somebody who opened, refetched, loaded more or decided; `sweep` - a list read that answers for
 * many; `first` - first data of something that is followed; `screen` - polling of what is on screen; `rest` - everything else.
 */
export type Priority = 'person' | 'sweep' | 'first' | 'screen' | 'rest';

/** Every priority, most urgent first. */
export const PRIORITIES: readonly Priority[] = ['person', 'sweep', 'first', 'screen', 'rest'];
