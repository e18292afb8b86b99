import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ANNOUNCE_EVERY_MS, Announcer, type JobReport } from '../../src/provider/announcer.js';
import { englishMessages } from '../../src/components/messages.js';

const words = { locale: 'en', messages: englishMessages };
const job = (values: Partial<JobReport> = {}): JobReport => ({
  id: '1',
  life: 'a',
  name: 'Monday',
  outcome: 'running',
  stage: 'generating_visuals',
  percent: 10,
  words: 'Generating visuals, 10%',
  ...values,
});

/** An announcer that shows these containers, and what it says when it is next asked at a moment. */
function voice(...ids: string[]) {
  const announcer = new Announcer();
  for (const id of ids) announcer.show(id);
  return { announcer, at: (now: number) => announcer.take(now, words) };
}

describe('the voice of a page', () => {
  test('tells of a start, a stage, a quarter and the end, and of nothing between', () => {
    const { announcer, at } = voice('1');
    const said: (string | null)[] = [];
    const tell = (now: number, values: Partial<JobReport>) => {
      announcer.tell(job(values), now);
      said.push(at(now + 1_000));
    };
    tell(0, { words: 'start' });
    tell(20_000, { percent: 18, words: 'nothing new' });
    tell(40_000, { percent: 26, words: 'a quarter' });
    tell(60_000, { percent: 30, stage: 'finalizing', words: 'a stage' });
    tell(80_000, { percent: 31, stage: 'finalizing', words: 'nothing new' });
    tell(100_000, { percent: 100, stage: 'finalizing', outcome: 'completed', words: 'Ready' });
    tell(120_000, { percent: 100, stage: 'finalizing', outcome: 'completed', words: 'Ready' });
    expect(said).toEqual(['Monday: start', null, 'Monday: a quarter', 'Monday: a stage', null, 'Monday: Ready', null]);
  });

  test('says nothing of a container that had ended before it was first seen', () => {
    const { announcer, at } = voice('1');
    announcer.tell(job({ outcome: 'completed' }), 0);
    expect(announcer.dueAt()).toBeNull();
    expect(at(60_000)).toBeNull();
  });

  test('tells a new life of the same container anew', () => {
    const { announcer, at } = voice('1');
    announcer.tell(job({ outcome: 'failed' }), 0);
    announcer.tell(job({ life: 'b', words: 'again' }), 10_000);
    expect(at(11_000)).toBe('Monday: again');
  });

  test('says a container once, though two bars show it and one is drawn anew', () => {
    const { announcer, at } = voice('1', '1');
    announcer.tell(job(), 0);
    announcer.tell(job(), 1);
    expect(at(1_000)).toBe('Monday: Generating visuals, 10%');
    announcer.show('1')();
    announcer.tell(job(), 30_000);
    expect(announcer.dueAt()).toBeNull();
  });

  test('says of several changes only how it is when it speaks', () => {
    const { announcer, at } = voice('1');
    announcer.tell(job({ words: 'start' }), 0);
    at(1_000);
    announcer.tell(job({ percent: 30, words: 'a quarter' }), 2_000);
    announcer.tell(job({ percent: 55, words: 'half' }), 4_000);
    expect(at(9_000)).toBeNull();
    expect(at(11_000)).toBe('Monday: half');
  });

  test('tells up to three by name, and more in one summary', () => {
    const three = voice('1', '2', '3');
    for (const id of ['1', '2', '3']) three.announcer.tell(job({ id, name: `Clip ${id}`, words: 'start' }), 0);
    expect(three.at(1_000)).toBe('Clip 1: start. Clip 2: start. Clip 3: start');

    const ids = ['1', '2', '3', '4', '5'];
    const five = voice(...ids);
    for (const id of ids) five.announcer.tell(job({ id }), 0);
    expect(five.at(1_000)).toBe('5 being made');
    five.announcer.tell(job({ id: '1', percent: 80 }), 20_000);
    expect(five.at(21_000)).toBeNull();
    five.announcer.tell(job({ id: '1', outcome: 'completed' }), 40_000);
    five.announcer.tell(job({ id: '2', outcome: 'failed' }), 40_000);
    expect(five.at(41_000)).toBe('3 being made, 1 ready, 1 could not be made');
  });

  test('does not tell of a bar that was taken away, except that its container ended', () => {
    const announcer = new Announcer();
    const hide = announcer.show('1');
    announcer.tell(job({ words: 'start' }), 0);
    hide();
    expect(announcer.take(1_000, words)).toBeNull();
    announcer.tell(job({ outcome: 'completed', words: 'Ready' }), 20_000);
    expect(announcer.take(21_000, words)).toBe('Monday: Ready');
  });

  test('never speaks twice within 10 s, and says in the end how every container ended', () => {
    const step = fc.record({
      id: fc.constantFrom('1', '2', '3', '4', '5', '6'),
      after: fc.integer({ min: 0, max: 8_000 }),
      stage: fc.constantFrom('a', 'b', null),
      percent: fc.option(fc.integer({ min: 0, max: 99 })),
      outcome: fc.constantFrom('running', 'running', 'running', 'completed', 'failed', 'canceled'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const announcer = new Announcer();
        const moments: number[] = [];
        let now = 0;
        for (const { after, ...values } of steps) {
          now += after;
          announcer.show(values.id);
          announcer.tell(job(values as Partial<JobReport>), now);
          const due = announcer.dueAt();
          if (due !== null && due <= now && announcer.take(now, words) !== null) moments.push(now);
        }
        const gaps = moments.slice(1).map((moment, index) => moment - (moments[index] as number));
        expect(gaps.filter((gap) => gap < ANNOUNCE_EVERY_MS)).toEqual([]);
        announcer.take(now + 2 * ANNOUNCE_EVERY_MS, words);
        expect(announcer.dueAt()).toBeNull();
      }),
    );
  });
});

describe('what answers a person', () => {
  test('is said soon, before what is new of the bars', () => {
    const { announcer, at } = voice('1');
    announcer.say('Monday: Approved', 2_000);
    announcer.tell(job(), 2_000);
    expect(announcer.dueAt()).toBe(2_100);
    expect(at(2_050)).toBeNull();
    expect(at(2_100)).toBe('Monday: Approved');
    expect(at(2_100 + ANNOUNCE_EVERY_MS)).toBe('Monday: Generating visuals, 10%');
    expect(announcer.dueAt()).toBeNull();
  });

  test('cuts off nothing: there is one message in 10 s, whatever it is of', () => {
    const { announcer, at } = voice('1');
    announcer.tell(job(), 0);
    expect(at(1_000)).toBe('Monday: Generating visuals, 10%');
    announcer.say('Monday: Approved', 2_000);
    announcer.say('Tuesday: Approved', 4_000);
    expect(announcer.dueAt()).toBe(1_000 + ANNOUNCE_EVERY_MS);
    expect(at(5_000)).toBeNull();
    expect(at(1_000 + ANNOUNCE_EVERY_MS)).toBe('Monday: Approved Tuesday: Approved');
    expect(announcer.dueAt()).toBeNull();
  });

  test('is not cut off by the bars, which come after it', () => {
    const { announcer, at } = voice('1');
    announcer.tell(job(), 0);
    announcer.say('Tuesday: Approved', 300);
    expect(at(500)).toBe('Tuesday: Approved');
    expect(announcer.dueAt()).toBe(500 + ANNOUNCE_EVERY_MS);
    expect(at(500 + ANNOUNCE_EVERY_MS)).toBe('Monday: Generating visuals, 10%');
  });

  test('of one thing only the newest is said', () => {
    const { announcer, at } = voice();
    announcer.say('2 of 5', 0, 'slides');
    announcer.say('Approved', 10, 'an approval');
    announcer.say('3 of 5', 20, 'slides');
    expect(at(5_000)).toBe('Approved 3 of 5');
    announcer.say('4 of 5', 6_000, 'slides');
    announcer.say('5 of 5', 7_000, 'slides');
    expect([at(8_000), at(20_000)]).toEqual([null, '5 of 5']);
  });

  test('what comes together is said together, the same once', () => {
    const { announcer, at } = voice();
    for (const words of ['One.', 'Two.', 'One.']) announcer.say(words, 0);
    expect(at(100)).toBe('One. Two.');
  });
});
