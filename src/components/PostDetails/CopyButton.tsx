'use client';
import { type ReactNode, useContext, useEffect, useId, useRef, useState } from 'react';
import { AnnouncerContext } from '../../provider/AnnouncerContext.js';
import { useWords } from '../../provider/MessagesContext.js';
import { CheckIcon, CopyIcon } from '../icons.js';
import { postDetailsWords } from './words.js';

/** How long the outcome is shown, in milliseconds. */
const SHOWN_MS = 4_000;

interface CopyButtonProps {
  text: string;
  /** What the text is, for its name. */
  label: string;
  /** Draws the button in place of this one. */
  draw: ((button: ReactNode, onClick: () => void) => ReactNode) | undefined;
}

/** Puts a text on the clipboard, exactly, and says how that came out: on the button, and to a voice. */
export function CopyButton({ text, label, draw }: CopyButtonProps) {
  const { messages } = useWords(postDetailsWords);
  const announcer = useContext(AnnouncerContext);
  const id = useId();
  const anchor = useRef<HTMLSpanElement>(null);
  const [outcome, setOutcome] = useState<{ isCopied: boolean } | null>(null);
  useEffect(() => {
    if (outcome === null) return undefined;
    const timer = setTimeout(() => setOutcome(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = async () => {
    let isCopied = true;
    try {
      // The window that the button is in can be another one. Without HTTPS, and in frames that may not, there is no clipboard.
      await (anchor.current?.ownerDocument.defaultView ?? window).navigator.clipboard.writeText(text);
    } catch {
      isCopied = false;
    }
    setOutcome({ isCopied });
    announcer?.say(messages.announcement(label, isCopied ? messages.copied : messages.copyFailed), id);
  };
  const onClick = () => void copy();
  const word = outcome?.isCopied ? messages.copied : messages.copy;
  const said = outcome && (outcome.isCopied ? messages.copied : messages.copyFailed);
  const button = (
    <button type="button" data-part="copy" aria-label={messages.announcement(word, label)} onClick={onClick}>
      {outcome?.isCopied ? <CheckIcon /> : <CopyIcon />}
      <span>{word}</span>
    </button>
  );
  return (
    <>
      <span ref={anchor} data-part="copying">
        {draw ? <Drawn draw={draw} button={button} onClick={onClick} /> : button}
      </span>
      {outcome?.isCopied === false && <span data-part="problem">{messages.copyFailed}</span>}
      {!announcer && (
        <span data-part="said" role="status">
          {said}
        </span>
      )}
    </>
  );
}

interface DrawnProps {
  draw: NonNullable<CopyButtonProps['draw']>;
  button: ReactNode;
  onClick: () => void;
}

const Drawn = ({ draw, button, onClick }: DrawnProps): ReactNode => draw(button, onClick);
