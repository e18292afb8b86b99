import { describe, expect, test, vi } from 'vitest';
import { AnswerMemory } from '../../src/client/answers.js';

const answer = (text: string, etag = '') => ({ status: 200, text, headers: new Headers({ etag }) });

describe('the last answer of an address', () => {
  test('is not parsed again while its text is the same, and keeps its value', () => {
    const memory = new AnswerMemory();
    const parse = vi.fn(() => ({ id: 1 }));
    const first = memory.take('/a', answer('{"id":1}'), parse);
    expect(memory.take('/a', answer('{"id":1}'), parse)).toBe(first);
    expect(parse).toHaveBeenCalledTimes(1);
    expect(memory.take('/a', answer('{"id":2}'), parse)).not.toBe(first);
    expect(memory.last('/a')?.text).toBe('{"id":2}');
  });

  test('keeps the headers that came with it last, also where the text is the same', () => {
    const memory = new AnswerMemory();
    memory.take('/a', answer('{}', '"1"'), () => 1);
    memory.take('/a', answer('{}', '"2"'), () => 1);
    expect(memory.last('/a')?.headers.get('etag')).toBe('"2"');
  });

  test('is of no other address', () => {
    const memory = new AnswerMemory();
    const one = memory.take('/a', answer('{}'), () => ({}));
    expect(memory.take('/b', answer('{}'), () => ({}))).not.toBe(one);
  });

  test('that cannot be parsed leaves what was kept', () => {
    const memory = new AnswerMemory();
    memory.take('/a', answer('1'), () => 1);
    const fail = () => {
      throw new Error('unreadable');
    };
    expect(() => memory.take('/a', answer('2'), fail)).toThrow('unreadable');
    expect(memory.last('/a')?.text).toBe('1');
  });
});

describe('what is kept is bounded by its length', () => {
  const kept = (memory: AnswerMemory, count: number) =>
    Array.from({ length: count }, (_, index) => index).filter((index) => memory.last(`/${index}`) !== undefined);

  test('however many answers come: the one read least recently goes first', () => {
    const memory = new AnswerMemory(1_000);
    for (let index = 0; index < 20; index += 1) {
      memory.take(`/${index}`, answer('x'.repeat(100)), () => index);
      memory.take('/0', answer('x'.repeat(100)), () => 0);
    }
    expect(kept(memory, 20)).toEqual([0, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
  });

  test('many small ones are all kept, where few large ones are not', () => {
    const memory = new AnswerMemory(1_000);
    for (let index = 0; index < 500; index += 1) memory.take(`/${index}`, answer('{}'), () => index);
    expect(kept(memory, 500)).toHaveLength(500);
    memory.take('/large', answer('x'.repeat(900)), () => null);
    expect(kept(memory, 500)).toHaveLength(50);
  });

  test('one longer than all that may be kept is not kept, and still read', () => {
    const memory = new AnswerMemory(1_000);
    expect(memory.take('/a', answer('x'.repeat(1_001)), () => 'value')).toBe('value');
    expect(memory.last('/a')).toBeUndefined();
    memory.take('/b', answer('x'.repeat(1_000)), () => 'other');
    expect(memory.last('/b')).toBeDefined();
  });

  test('an address read again and again counts once', () => {
    const memory = new AnswerMemory(1_000);
    memory.take('/0', answer('x'.repeat(100)), () => 0);
    for (let time = 0; time < 100; time += 1) memory.take('/1', answer(String(time).padEnd(500, 'x')), () => time);
    expect(kept(memory, 2)).toEqual([0, 1]);
  });
});
