'use client';
import { createContext, useContext } from 'react';
import { englishMessages, type LayersMessages } from './messages.js';

/** The words in force and the locale to write numbers and times in. */
export interface MessagesContextValue {
  /** BCP 47 tag. */
  locale: string;
  messages: LayersMessages;
}

/** English where no `LayersProvider` is above. @internal */
export const MessagesContext = createContext<MessagesContextValue>({ locale: 'en', messages: englishMessages });

/** The nearest provider's words, else English. */
export function useMessages(): MessagesContextValue {
  return useContext(MessagesContext);
}
