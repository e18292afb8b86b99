'use client';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { keepInPlace } from '../internal/keepInPlace.js';
import { monotonicNow } from '../internal/monotonicNow.js';
import type { ContainerProgress } from '../progress/ContainerProgress.js';
import { layersKeys } from '../queries/keys.js';
import { AnnouncerContext, type AnnouncerContextValue } from './AnnouncerContext.js';
import { Announcer, type JobReport } from './announcer.js';
import { type AnnouncerMessages, announcerWords } from './announcerWords.js';
import type { LayersContextValue } from './LayersContext.js';
import { type MessagesContextValue, useWords } from './MessagesContext.js';
import type { StatusMessages } from './statusWords.js';

type VoiceWords = MessagesContextValue<AnnouncerMessages & StatusMessages>;

interface LiveRegionProps {
  layers: LayersContextValue | null;
  children: ReactNode;
}

/** A provider's one polite live region: a voice is told of all bars below here, and not more often than it can say. */
export function LiveRegion({ layers, children }: LiveRegionProps) {
  const words = useWords(announcerWords);
  const [voice] = useState(() => new Voice());
  const region = useRef<HTMLDivElement>(null);
  useEffect(() => {
    voice.speaksFor(layers, words, region.current);
    // Through the style object: a strict Content Security Policy refuses a style attribute in server HTML.
    if (region.current) Object.assign(region.current.style, hidden);
  }, [voice, layers, words]);
  useEffect(() => () => voice.stop(), [voice]);
  // It stands among the host's elements, where no boundary of ours would catch what React throws.
  const stop = useRef<() => void>(undefined);
  const keep = useCallback((element: HTMLDivElement | null) => {
    region.current = element;
    stop.current?.();
    stop.current = element ? keepInPlace(element) : undefined;
  }, []);
  return (
    <AnnouncerContext.Provider value={voice}>
      {children}
      <div ref={keep} data-layers-live="" role="status" aria-live="polite" aria-atomic="true" />
    </AnnouncerContext.Provider>
  );
}

/** Out of sight, but read out. */
const hidden: Partial<CSSStyleDeclaration> = {
  position: 'absolute',
  inlineSize: '1px',
  blockSize: '1px',
  margin: '-1px',
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
  // Chromium would otherwise keep this element in place when the page above it grows, and scroll past what is new.
  overflowAnchor: 'none',
};

class Voice implements AnnouncerContextValue {
  readonly #announcer = new Announcer();
  readonly #reports = new Map<string, JobReport>();
  #layers: LayersContextValue | null = null;
  #words: VoiceWords | null = null;
  #region: HTMLElement | null = null;
  #said = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  speaksFor(layers: LayersContextValue | null, words: VoiceWords, region: HTMLElement | null): void {
    this.#layers = layers;
    this.#words = words;
    this.#region = region;
  }

  show(id: string): () => void {
    const hide = this.#announcer.show(id);
    return () => {
      this.#lookOnceMore(id);
      hide();
    };
  }

  tell(report: JobReport): void {
    this.#reports.set(report.id, report);
    this.#announcer.tell(report, monotonicNow());
    this.#plan();
  }

  say(words: string, about?: string): void {
    this.#announcer.say(words, monotonicNow(), about);
    // It does not wait for what is planned.
    this.stop();
    this.#plan();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #plan(): void {
    const due = this.#announcer.dueAt();
    if (due !== null) this.#timer ??= setTimeout(() => this.#speak(), Math.max(0, due - monotonicNow()));
  }

  #speak(): void {
    this.#timer = undefined;
    const message = this.#words && this.#announcer.take(monotonicNow(), this.#words);
    // The same words twice are no change, and a voice would be silent.
    if (message !== null && this.#region) {
      this.#said = message === this.#said ? `${message}\u00A0` : message;
      this.#region.textContent = this.#said;
    }
    this.#plan();
  }

  /** A bar is often taken away in the very render that would show the end: then the cache knows it. */
  #lookOnceMore(id: string): void {
    const report = this.#reports.get(id);
    this.#reports.delete(id);
    if (!this.#layers || !this.#words || report?.outcome !== 'running') return;
    const { client, queryClient } = this.#layers;
    const progress = queryClient.getQueryData<ContainerProgress>(layersKeys.progress(client, id));
    if (!progress || report.life !== String(progress.memory.life)) return;
    const { status } = progress;
    if (status !== 'completed' && status !== 'failed' && status !== 'canceled') return;
    this.#announcer.tell({ ...report, outcome: status, words: this.#words.messages.status(status) }, monotonicNow());
    this.#plan();
  }
}
