'use client';
import { type RefObject, useContext, useEffect, useRef, useState } from 'react';
import type { Container, ContainerSummary } from '../../model/container.js';
import { containerName } from '../../model/containerName.js';
import { AnnouncerContext } from '../../provider/AnnouncerContext.js';
import { useWords } from '../../provider/MessagesContext.js';
import { heldStatus, type ReviewState } from './reviewState.js';
import { approvalWords } from './words.js';

interface Outcome {
  /** For a live region of the component's own, where there is no provider whose voice could speak; `null`: there is one. */
  region: RefObject<HTMLSpanElement | null> | null;
  /** Follows a decision that was taken here to its end. */
  follow: (ended: Promise<unknown>) => void;
}

/** Says how a decision that was taken here came out. What is decided elsewhere is not said. */
export function useOutcome(container: Container | ContainerSummary, state: ReviewState | null, sentence: string | null): Outcome {
  const { messages } = useWords(approvalWords);
  const announcer = useContext(AnnouncerContext);
  const region = useRef<HTMLSpanElement>(null);
  const [ended, setEnded] = useState(0);
  const told = useRef(0);

  const words = [state === 'approved' || state === 'rejected' ? messages.approval(heldStatus(container)) : null, sentence];
  const name = containerName(container);
  const news = words.filter(Boolean).join('. ');
  const saying = name === null || news === '' ? news : messages.announcement(name, news);
  useEffect(() => {
    // What was decided is drawn a moment after its promise has settled.
    if (ended === told.current || state === 'deciding') return;
    told.current = ended;
    if (announcer && saying !== '') announcer.say(saying);
    else if (region.current) region.current.textContent = saying;
  }, [ended, state, saying, announcer]);

  return {
    region: announcer ? null : region,
    follow: (promise) => {
      if (region.current) region.current.textContent = '';
      const end = () => setEnded((count) => count + 1);
      promise.then(end, end);
    },
  };
}
