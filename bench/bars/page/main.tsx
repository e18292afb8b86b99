import '../../../src/styles/index.css';
import { Profiler, useEffect, useReducer, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { advanceProgress, type ContainerProgress, createLayersClient, LayersProvider, ProgressBar } from '../../../src/index.js';

declare global {
  interface Window {
    /** Renders of React that no poll asked for. */
    rendersBetween: number;
    /** Gives every bar its next reading. */
    poll: () => void;
  }
}
window.rendersBetween = 0;

const COUNT = 200;
const how = new URLSearchParams(location.search).get('how');
const startedAt = performance.now();
const jobs = Array.from({ length: COUNT }, (_, index) => ({
  id: `cnt_${index}`,
  before: 5 + (index % 40),
  total: 90 + ((index * 37) % 180),
}));

interface Reading {
  share: number;
  sharePerSecond: number;
  at: number;
  progress: ContainerProgress | null;
}

function read(index: number, previous: ContainerProgress | null): Reading {
  const job = jobs[index] ?? { id: '', before: 0, total: 1 };
  const now = performance.now();
  const elapsed = job.before + (now - startedAt) / 1000;
  const share = Math.min(0.99, elapsed / job.total);
  const snapshot = {
    containerId: job.id,
    status: 'processing' as const,
    rawStatus: 'processing',
    stage: share < 0.6 ? 'generating_visuals' : 'finalizing',
    stageProgress: share < 0.6 ? share / 0.6 : (share - 0.6) / 0.4,
    etaSeconds: Math.max(1, job.total - elapsed),
    updatedAt: new Date().toISOString(),
  };
  const progress = how === 'layers-react' ? advanceProgress(previous, snapshot, now) : null;
  return { share, sharePerSecond: 1 / job.total, at: now, progress };
}

const percent = (share: number) => `${Math.floor(share * 100)}%`;

function Hand({ share, width, transition }: { share: number; width: number; transition?: string }) {
  return (
    <div>
      <div className="hand-words">
        <span>Generating visuals</span>
        <span>{percent(share)}</span>
      </div>
      <div className="hand-track" role="progressbar" aria-valuenow={Math.floor(share * 100)} aria-label="Progress">
        <div className="hand-fill" style={{ width: `${width * 100}%`, transition }} />
      </div>
    </div>
  );
}

/** The width glides to where the next reading will find it. */
function ByWidth({ reading }: { reading: Reading }) {
  return <Hand share={reading.share} width={reading.share + reading.sharePerSecond * 6} transition="width 6s linear" />;
}

function ByFrame({ reading }: { reading: Reading }) {
  const [share, setShare] = useState(reading.share);
  useEffect(() => {
    let frame = requestAnimationFrame(function move() {
      setShare(reading.share + (reading.sharePerSecond * (performance.now() - reading.at)) / 1000);
      frame = requestAnimationFrame(move);
    });
    return () => cancelAnimationFrame(frame);
  }, [reading]);
  return <Hand share={share} width={share} />;
}

let isPolling = false;

function Page() {
  const [readings, next] = useReducer(
    (before: Reading[]) => jobs.map((_, index) => read(index, before[index]?.progress ?? null)),
    undefined,
    () => jobs.map((_, index) => read(index, null)),
  );
  useEffect(() => {
    window.poll = () => {
      isPolling = true;
      flushSync(next);
      isPolling = false;
    };
  }, []);
  return readings.map((reading, index) => {
    const Bar = how === 'width' ? ByWidth : ByFrame;
    return (
      <Profiler
        key={jobs[index]?.id}
        id="bar"
        onRender={() => {
          if (!isPolling) window.rendersBetween += 1;
        }}
      >
        {how === 'layers-react' ? <ProgressBar progress={reading.progress} /> : <Bar reading={reading} />}
      </Profiler>
    );
  });
}

const client = createLayersClient({ baseUrl: location.origin });
createRoot(document.getElementById('root') as HTMLElement).render(
  <LayersProvider client={client}>
    <Page />
  </LayersProvider>,
);
