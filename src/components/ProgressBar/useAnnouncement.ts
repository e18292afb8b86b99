'use client';
import { useContext, useEffect } from 'react';
import { containerKey } from '../../model/ids.js';
import type { ContainerProgress } from '../../progress/ContainerProgress.js';
import { AnnouncerContext } from '../../provider/AnnouncerContext.js';

/** Tells the provider's voice how a bar's container is, at every reading. Without a provider nobody is told. */
export function useAnnouncement(progress: ContainerProgress | null, name: string, words: string | undefined): void {
  const voice = useContext(AnnouncerContext);
  const id = progress ? containerKey(progress.containerId) : null;

  useEffect(() => {
    if (!voice || id === null) return undefined;
    return voice.show(id);
  }, [voice, id]);

  useEffect(() => {
    if (!voice || id === null || progress === null || words === undefined) return;
    const { memory, status, stage, percent } = progress;
    const outcome = status === 'completed' || status === 'failed' || status === 'canceled' ? status : 'running';
    voice.tell({ id, life: String(memory.life), name, outcome, stage: stage ?? status, percent, words });
  }, [voice, id, progress, name, words]);
}
