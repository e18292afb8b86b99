'use client';
import { useContext } from 'react';
import { MessagesContext, type MessagesContextValue } from './MessagesContext.js';
import { type PlayerMessages, playerEnglish } from './playerMessages.js';
import { type PlayerPartMessages, playerPartEnglish } from './playerPartMessages.js';

const parts: MessagesContextValue<PlayerPartMessages & PlayerMessages> = {
  locale: 'en',
  messages: /* @__PURE__ */ Object.assign({}, playerEnglish, playerPartEnglish),
};

/** The words of the parts of the player that are fetched when they are first shown; apart, so that they are fetched with those. */
export function usePlayerPartMessages(): MessagesContextValue<PlayerPartMessages & PlayerMessages> {
  return useContext(MessagesContext) ?? parts;
}
