'use client';
import { createContext, useContext } from 'react';
import { type MakingMessages, makingEnglish } from './makingMessages.js';
import { type StatusMessages, statusEnglish } from './statusWords.js';

/** Words, and the locale to write numbers and times in. */
export interface MessagesContextValue<Words extends object = object> {
  /** BCP 47 tag. */
  locale: string;
  messages: Words;
}

/** The locale, and the words that replace a component's own; `null` where no `LayersProvider` is above. @internal */
export const MessagesContext = createContext<MessagesContextValue | null>(null);

const english: MessagesContextValue = { locale: 'en', messages: {} };
/** One object for the same words, so that what depends on them stays what it is from render to render. */
const joined = new WeakMap<object, WeakMap<object, MessagesContextValue>>();

/**
 * A component's own words, in English, with those in their place that the nearest provider has others for. No component asks for words that it does not
 * say: so no page loads them.
 */
export function useWords<Words extends object>(own: Words): MessagesContextValue<Words> {
  const given = useContext(MessagesContext) ?? english;
  let ofGiven = joined.get(given);
  if (!ofGiven) joined.set(given, (ofGiven = new WeakMap()));
  let words = ofGiven.get(own) as MessagesContextValue<Words> | undefined;
  if (!words) ofGiven.set(own, (words = { locale: given.locale, messages: { ...own, ...given.messages } }));
  return words;
}

const hookEnglish: MakingMessages & StatusMessages = /* @__PURE__ */ Object.assign({}, statusEnglish, makingEnglish);

/** The words that hooks say. */
export function useMessages(): MessagesContextValue<MakingMessages & StatusMessages> {
  return useWords(hookEnglish);
}
