'use client';
import { type SyntheticEvent, useRef, useState } from 'react';
import { closeModal, openModal } from '../../internal/modal.js';
import { useEscape } from '../../internal/useEscape.js';
import { useIsomorphicLayoutEffect } from '../../internal/useIsomorphicLayoutEffect.js';
import { useWords } from '../../provider/MessagesContext.js';
import { CrossIcon } from '../icons.js';
import type { MediaSettings } from './mediaSettings.js';
import { ZoomIcon } from './partIcons.js';
import { playerPartWords } from './partWords.js';

interface ZoomProps {
  url: string;
  alt: string;
  settings: MediaSettings;
}

/** A button, and the image as large as the screen allows, then in its own size. */
export function Zoom({ url, alt, settings }: ZoomProps) {
  const { messages } = useWords(playerPartWords);
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [isActualSize, setActualSize] = useState(false);
  useIsomorphicLayoutEffect(() => {
    const element = dialog.current;
    // Also where the page hides it: what is modal and not seen leaves everything else dead.
    return () => {
      if (element?.open) closeModal(element);
    };
  }, []);
  const closed = (event: SyntheticEvent) => {
    // React has it come up to a dialog of the host's, which has not closed.
    event.stopPropagation();
    setOpen(false);
  };
  const close = () => dialog.current && closeModal(dialog.current);
  useEscape(dialog, isOpen, () => {
    close();
    return true;
  });
  return (
    <>
      <button
        type="button"
        data-part="zoom"
        aria-label={messages.zoom}
        onClick={() => {
          setActualSize(false);
          setOpen(true);
          if (dialog.current) openModal(dialog.current);
        }}
      >
        <ZoomIcon size={18} />
      </button>
      <dialog
        ref={dialog}
        data-part="zoomed"
        data-actual={isActualSize ? '' : undefined}
        aria-label={alt}
        onClose={closed}
        onCancel={(event) => event.stopPropagation()}
      >
        {isOpen && (
          <>
            <button
              type="button"
              data-part="size"
              aria-label={messages.actualSize}
              aria-pressed={isActualSize}
              // What the dialog holds comes after it has opened, so that it would keep the focus itself.
              autoFocus
              onClick={() => setActualSize(!isActualSize)}
            >
              <img {...settings.fetching} src={url} alt={alt} decoding="async" />
            </button>
            <button type="button" data-part="close" aria-label={messages.close} onClick={close}>
              <CrossIcon size={18} />
            </button>
          </>
        )}
      </dialog>
    </>
  );
}
