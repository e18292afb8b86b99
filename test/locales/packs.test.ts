import { describe, expect, test } from 'vitest';
import { messages as ar } from '../../src/locales/ar.js';
import { messages as de } from '../../src/locales/de.js';
import { messages as en } from '../../src/locales/en.js';
import { messages as es } from '../../src/locales/es.js';
import { messages as fr } from '../../src/locales/fr.js';
import { messages as ja } from '../../src/locales/ja.js';
import { messages as ptBR } from '../../src/locales/pt-BR.js';
import { englishMessages, type LayersMessages } from '../../src/components/messages.js';

const packs = { en, de, es, fr, 'pt-BR': ptBR, ja, ar };
const foreign = Object.entries(packs).filter(([tag]) => tag !== 'en');
const NOW = Date.parse('2026-11-22T10:00:00Z');

/** Every word of a pack, by the call that gives it: where a word is new, this list does not compile until it has its calls. */
type Calls = { [Name in keyof LayersMessages]: LayersMessages[Name] extends (...args: infer Args) => string ? Args[] : null };

const callsOf = (locale: string): Calls => ({
  progressLabel: null,
  progressLoading: null,
  freshness: [
    ['stalled', 'quiet'],
    ['offline', 'network'],
    ['slowed', 'deadline'],
    ['slowed', 'budget'],
    ['slowed', 'failing'],
    ['paused', 'rate-limited'],
  ],
  progressUnavailable: null,
  working: null,
  stage: [['queued'], ['generating_visuals'], ['finalizing'], ['writing_script'], ['analyzing_source'], ['adding_voice'], ['rendering']],
  percent: [[42, locale]],
  remaining: [10, 20, 60, 120, 300, 660, 7200].flatMap((seconds) => [
    [seconds, locale, 'short'] as [number, string, 'short'],
    [seconds, locale, 'long'] as [number, string, 'long'],
  ]),
  overdue: null,
  waited: [20, 60, 120, 300, 660].map((seconds) => [seconds, locale, 'long']),
  updatedAgo: [20, 60, 120, 300, 660].map((seconds) => [seconds, locale, 'long']),
  nextUpdate: [20, 60, 120, 300, 660].map((seconds) => [seconds, locale, 'long']),
  separator: null,
  stages: null,
  stageState: [['done'], ['current'], ['upcoming']],
  announcement: [['X', 'Y']],
  announcementSummary: [1, 2, 5, 11].map((n) => [{ running: n, completed: n, failed: n, canceled: n }, locale]),
  status: [['queued'], ['processing'], ['completed'], ['failed'], ['canceled'], ['unknown']],
  statusShort: [['queued'], ['processing'], ['completed'], ['failed'], ['canceled'], ['unknown']],
  approval: [['not_required'], ['pending'], ['approved'], ['rejected'], ['unknown']],
  statusUnavailable: null,
  approvalUnavailable: null,
  unavailable: null,
  broken: null,
  videoUnsupported: null,
  screenUnseen: null,
  approvalShort: [['not_required'], ['pending'], ['approved'], ['rejected'], ['unknown']],
  decision: null,
  approve: null,
  reject: null,
  approving: null,
  rejecting: null,
  addNote: null,
  approvalNote: null,
  rejectTitle: null,
  rejectText: null,
  rejectTextReopens: null,
  rejectReason: null,
  cancelDecision: null,
  reasonMissing: null,
  charactersLeft: [0, 1, 2, 5, 11, 100].map((count) => [count, locale]),
  charactersOver: [1, 2, 5, 11, 1_000].map((count) => [count, locale]),
  rejectedFinal: null,
  rejectedReopens: null,
  rejectedBecause: [['X']],
  notReadyToDecide: null,
  decidedElsewhere: [['approved'], ['rejected'], ['not_required'], ['pending'], ['unknown']],
  decisionForbidden: null,
  decisionOffline: null,
  decisionUnanswered: null,
  decisionLimited: null,
  decisionRefused: null,
  decisionFailed: null,
  decisionFinal: null,
  schedulingFailed: null,
  platformFitUnavailable: null,
  platformUnfit: [['X']],
  platformRemarks: [['X']],
  postDetails: null,
  postUnavailable: null,
  postCaption: null,
  postCaptionFor: [['X']],
  postFirstComment: null,
  postSpeaker: null,
  postFormat: null,
  postFormatName: [['slideshow-builder'], ['ugc-remix'], ['video-remix'], ['slideshow-remix']],
  postLength: null,
  postSlides: [2, 5, 11, 100].map((count) => [count, locale]),
  copy: null,
  copied: null,
  copyFailed: null,
  details: null,
  detailCode: null,
  detailRequest: null,
  detailContainer: null,
  tryAgain: null,
  video: null,
  image: null,
  slideshow: null,
  carousel: null,
  slide: null,
  play: [[null], ['X']],
  pause: [[null], ['X']],
  previousSlide: null,
  nextSlide: null,
  showSlide: [[2, 5, locale]],
  slidePosition: [[2, 5, locale]],
  slideCount: [[2, 5, locale]],
  duration: [[67_000, locale]],
  videoFailed: null,
  imageFailed: null,
  previewUnavailable: null,
  noPreview: null,
  noMedia: null,
  openFile: null,
  mute: null,
  unmute: null,
  seek: null,
  seekPosition: [[7_000, 67_000, locale]],
  speed: [[1.5, locale]],
  speedShort: [[1.5, locale]],
  fullscreen: null,
  exitFullscreen: null,
  zoom: null,
  actualSize: null,
  close: null,
  startRotation: null,
  stopRotation: null,
  renewing: null,
  failedPartly: null,
  generationProblem: [
    ...(
      [
        'credits',
        'concurrency',
        'rate',
        'fields',
        'invalid',
        'sent_before',
        'conflict',
        'forbidden',
        'not_found',
        'suspended',
        'unknown',
        'refused',
      ] as const
    ).map((kind): [{ kind: typeof kind; missingCredits: null; retryAfterMs: null }, string] => [
      { kind, missingCredits: null, retryAfterMs: null },
      locale,
    ]),
    [{ kind: 'credits', missingCredits: 1, retryAfterMs: null }, locale],
    [{ kind: 'credits', missingCredits: 70, retryAfterMs: null }, locale],
    [{ kind: 'rate', missingCredits: null, retryAfterMs: 30_000 }, locale],
    [{ kind: 'rate', missingCredits: null, retryAfterMs: 90_000 }, locale],
  ],
  fieldProblem: [
    ['required', null, locale],
    ['one_of', null, locale],
    ['too_long', null, locale],
    ['too_long', { min: 1, max: 2_000 }, locale],
    ['out_of_range', null, locale],
    ['out_of_range', { min: 1, max: 5 }, locale],
    ['not_supported', null, locale],
    ['invalid', null, locale],
    ['missing_app_demo', null, locale],
    ['not_a_slideshow', null, locale],
  ],
  generationReplayed: null,
  cancelAnswer: [['accepted'], ['ended'], ['unavailable'], ['failed']],
  untitled: null,
  cardLoading: null,
  cardUnavailable: null,
  timeAgo: [[NOW - 3_600_000, NOW, locale]],
  date: [[NOW, locale]],
  screenQueued: null,
  screenMaking: null,
  screenReview: null,
  screenReady: null,
  screenWithoutMedia: null,
  screenApproved: null,
  screenRejected: null,
  screenCanceled: null,
  screenUnavailable: null,
  screenMakeAgain: null,
  screenNotify: null,
  screenWillNotify: null,
  bulkApprove: [
    [1, locale],
    [12, locale],
  ],
  bulkProgress: [[12, 40, locale]],
  bulkPaused: [[12, 40, locale]],
  bulkStop: null,
  bulkDone: [
    [12, 0, locale],
    [12, 3, locale],
  ],
  gridLabel: null,
  gridShowNew: [1, 2, 5, 200].map((count) => [count, count === 200, locale]),
  gridLoading: null,
  gridEmpty: null,
  gridFailed: null,
  gridMoreFailed: null,
  gridLoadMore: null,
  gridLoadingMore: null,
  gridEnd: [1, 2, 5, 200].map((count) => [count, locale]),
  gridInvalid: [1, 2, 5, 11, 100].map((count) => [count, locale]),
  gridLookedAt: [[1_000, locale]],
  gridLoaded: [[25, 75, locale]],
  gridSelect: [['X']],
  gridSelected: [1, 2, 5].map((count) => [count, locale]),
  gridClearSelection: null,
});

/** What a pack says, one line a call. */
function said(messages: LayersMessages, locale: string): [call: string, words: string][] {
  return Object.entries(callsOf(locale)).flatMap(([name, calls]): [string, string][] => {
    const word = messages[name as keyof LayersMessages] as string | ((...args: unknown[]) => string);
    if (calls === null || typeof word === 'string') return [[name, word as string]];
    return calls.map((args) => [`${name}(${JSON.stringify(args).replaceAll(`"${locale}"`, 'locale')})`, word(...(args as unknown[]))]);
  });
}

/** Calls whose words are signs and figures alone. */
const withoutWords = /^(percent|separator|announcement\(|slideCount|duration|speedShort|date)/;

describe.for(Object.entries(packs))('the pack of %s', ([tag, messages]) => {
  test('has every word, and no other', () => {
    expect(Object.keys(messages).sort()).toEqual(Object.keys(englishMessages).sort());
    expect(Object.keys(callsOf(tag)).sort()).toEqual(Object.keys(englishMessages).sort());
  });

  test('says something at every call, without a hole in it', () => {
    const bad = said(messages, tag).filter(
      ([, words]) => words.trim() === '' || /undefined|null|NaN|\[object|[!¡]|^\s|\s$/.test(words.trimEnd()),
    );
    expect(bad.filter(([call]) => call !== 'separator')).toEqual([]);
  });

  test('says nothing of a page in the background, which nobody looks at', () => {
    expect(messages.freshness('paused', 'hidden')).toBe('');
  });

  test('reads a stage that it has no word for from its own name', () => {
    expect(messages.stage('matching_beat-to_cuts')).toBe('Matching beat to cuts');
    expect(messages.stage('constructor')).toBe('Constructor');
  });
});

describe.for(foreign)('the pack of %s', ([tag, messages]) => {
  test('leaves no English over', () => {
    const english = new Map(said(en, 'en'));
    const same = said(messages, tag).filter(([call, words]) => !withoutWords.test(call) && words === english.get(call));
    expect(same).toEqual([]);
  });
});

describe('plurals', () => {
  const counts = (completed: number) => ({ running: 0, completed, failed: 0, canceled: 0 });
  const all = (tag: keyof typeof packs) => [1, 2, 5, 11].map((n) => packs[tag].announcementSummary(counts(n), tag));
  const minutes = (tag: keyof typeof packs) => [1, 2, 5, 11].map((n) => packs[tag].remaining(n * 60, tag, 'long'));

  test.each([
    ['en', ['1 ready', '2 ready', '5 ready', '11 ready']],
    ['de', ['1 fertig', '2 fertig', '5 fertig', '11 fertig']],
    ['es', ['1 listo', '2 listos', '5 listos', '11 listos']],
    ['fr', ['1 prêt', '2 prêts', '5 prêts', '11 prêts']],
    ['pt-BR', ['1 pronto', '2 prontos', '5 prontos', '11 prontos']],
    ['ja', ['1 件が完成', '2 件が完成', '5 件が完成', '11 件が完成']],
    ['ar', ['مقطع واحد جاهز', 'مقطعان جاهزان', '5 مقاطع جاهزة', '11 مقطعًا جاهزة']],
  ] as const)('of what is ready, in %s', (tag, words) => {
    expect(all(tag)).toEqual(words);
  });

  test('of what could not be made in Arabic, where two is another word after a verb', () => {
    expect([1, 2, 3].map((failed) => ar.announcementSummary({ running: 0, completed: 0, failed, canceled: 0 }, 'ar'))).toEqual([
      'تعذّر إنشاء مقطع واحد',
      'تعذّر إنشاء مقطعين',
      'تعذّر إنشاء 3 مقاطع',
    ]);
  });

  test.each([
    ['en', ['about 1 minute', 'about 2 minutes', 'about 5 minutes', 'about 11 minutes']],
    ['de', ['etwa 1 Minute', 'etwa 2 Minuten', 'etwa 5 Minuten', 'etwa 11 Minuten']],
    ['es', ['alrededor de 1 minuto', 'alrededor de 2 minutos', 'alrededor de 5 minutos', 'alrededor de 11 minutos']],
    ['ja', ['あと約 1 分', 'あと約 2 分', 'あと約 5 分', 'あと約 11 分']],
    ['ar', ['حوالي دقيقة', 'حوالي دقيقتين', 'حوالي 5 دقائق', 'حوالي 11 دقيقة']],
  ] as const)('of minutes left, in %s', (tag, words) => {
    expect(minutes(tag)).toEqual(words);
  });
});
