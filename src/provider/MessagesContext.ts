'use client';
import { createContext, useContext } from 'react';
import { englishMessages, type LayersMessages } from './messages.js';
import { type PlayerMessages, playerEnglish } from './playerMessages.js';

/** The words in force and the locale to write numbers and times in. */
export interface MessagesContextValue<Words = LayersMessages> {
  /** BCP 47 tag. */
  locale: string;
  messages: Words;
}

/** `null` where no `LayersProvider` is above. @internal */
export const MessagesContext = createContext<MessagesContextValue | null>(null);

const english: MessagesContextValue = { locale: 'en', messages: englishMessages };
const player: MessagesContextValue<PlayerMessages> = { locale: 'en', messages: playerEnglish };

/** The nearest provider's words, else English. */
export function useMessages(): MessagesContextValue {
  return useContext(MessagesContext) ?? english;
}

/** {@link useMessages} for the player: all other English words stay out of a page that has nothing else. */
export function usePlayerMessages(): MessagesContextValue<PlayerMessages> {
  return useContext(MessagesContext) ?? player;
}
