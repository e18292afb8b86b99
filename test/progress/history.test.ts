import { describe, expect, it } from 'vitest';
import { LIVES_KEPT, learnFromProgress, type ProgressHistory, parseProgressHistory } from '../../src/progress/history.js';
import { date, fold, snapshot, wholeLife } from './support.js';

const finished = fold(wholeLife());

describe('learnFromProgress', () => {
  it('keeps the stages of a completed life and their seconds, by format with hyphens', () => {
    const history = learnFromProgress(null, finished, 'video_remix');
    expect(history).toEqual({
      version: 1,
      formats: { 'video-remix': [{ stages: ['writing_script', 'generating_visuals', 'finalizing'], seconds: [20, 60, 20] }] },
    });
    expect(JSON.parse(JSON.stringify(history))).toStrictEqual(history);
  });

  it('keeps the newest lives of a format, and changes no history that it was given', () => {
    const first = learnFromProgress(null, finished, 'auto');
    let history: ProgressHistory = first;
    for (let count = 0; count < 3 * LIVES_KEPT; count++) history = learnFromProgress(history, finished, 'auto');
    expect(history.formats.auto).toHaveLength(LIVES_KEPT);
    expect(first.formats.auto).toHaveLength(1);
  });

  it('learns nothing from a life that failed, still runs, or was opened midway', () => {
    const history = learnFromProgress(null, finished, null);
    const failed = fold([...wholeLife().slice(0, 20), [50, snapshot(50, { status: 'failed', rawStatus: 'failed' })]]);
    for (const life of [failed, fold(wholeLife().slice(0, 20)), fold(wholeLife().slice(20)), fold(wholeLife().slice(-1))]) {
      expect(learnFromProgress(history, life, null)).toBe(history);
    }
  });

  it('learns nothing from a life whose first stages were missed, although it was first seen at the foot of a stage', () => {
    const first = fold(wholeLife().slice(40, 41));
    const rest = wholeLife().slice(41);
    expect(first).toMatchObject({ stage: 'finalizing', stageProgress: 0 });
    expect(learnFromProgress(null, fold(rest, {}, first), 'auto').formats).toHaveProperty('auto');
    expect(learnFromProgress(null, fold(rest, { createdAt: date(0) }, first), 'auto').formats).toEqual({});
  });

  it('counts a stage by the dates of the server while nobody looked, and not until somebody looks again', () => {
    const seen = wholeLife().slice(0, 20);
    const [, end] = wholeLife().at(-1) as (typeof seen)[number];
    const hidden = fold([...seen, [3_600, end]]);
    expect(learnFromProgress(null, hidden, 'auto').formats).toEqual({
      auto: [{ stages: ['writing_script', 'generating_visuals', 'finalizing'], seconds: [20, 80, 0] }],
    });
  });

  it('takes any word for a format, and keeps their number within bounds', () => {
    let history: ProgressHistory | null = null;
    for (let count = 0; count < 200; count++) history = learnFromProgress(history, finished, `format ${count}`);
    expect(Object.keys(history?.formats ?? {})).toHaveLength(64);
    const odd = learnFromProgress(learnFromProgress(null, finished, '__proto__'), finished, 'constructor');
    expect(Object.keys(odd.formats)).toEqual(['--proto--', 'constructor']);
  });
});

describe('parseProgressHistory', () => {
  it('reads back what was stored', () => {
    const history = learnFromProgress(learnFromProgress(null, finished, 'auto'), finished, 'ugc-remix');
    expect(parseProgressHistory(JSON.parse(JSON.stringify(history)))).toEqual(history);
  });

  it.each([null, undefined, 7, 'x', [], {}, { version: 2, formats: {} }, { version: 1 }, { version: 1, formats: null }])(
    'reads %j as an empty one',
    (json) => {
      expect(parseProgressHistory(json)).toEqual({ version: 1, formats: {} });
    },
  );

  it('leaves out what is of no use', () => {
    const good = { stages: ['a'], seconds: [3] };
    const bad = [
      null,
      4,
      {},
      { stages: ['a'], seconds: [] },
      { stages: ['a'], seconds: [-1] },
      { stages: [1], seconds: [1] },
      { stages: [], seconds: [] },
    ];
    expect(parseProgressHistory({ version: 1, formats: { auto: [...bad, good], other: bad, worse: 'x' } }).formats).toEqual({
      auto: [good],
    });
  });
});
