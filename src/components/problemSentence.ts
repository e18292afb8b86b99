import type { LayersError } from '../model/errors.js';

/** What to tell a person of an error: the server's own words where something isn't there, `sentence` otherwise. */
export const problemSentence = ({ code, message }: LayersError, sentence: string): string => (code === 'NOT_FOUND' ? message : sentence);
