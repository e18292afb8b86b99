'use client';
import { createContext } from 'react';
import type { JobReport } from './announcer.js';

/** Where bars tell how their containers are; what is said of it is the provider's to decide. */
export interface AnnouncerContextValue {
  /** A bar shows a container. Returns what tells that it does no more. */
  show: (containerId: string) => () => void;
  tell: (report: JobReport) => void;
  /**
   * Says how something came out that a person did: politely, soon where nothing was just said, and before what is new of the bars. `about`: of one thing only
   * the newest is said; by default each of its words.
   */
  say: (words: string, about?: string) => void;
}

/** `null` without a `LayersProvider`: then nothing is said. @internal */
export const AnnouncerContext = createContext<AnnouncerContextValue | null>(null);
