import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitCaption } from '../../src/model/index.js';

const kinds = (caption: string) =>
  splitCaption(caption)
    .filter(({ kind }) => kind !== 'text')
    .map(({ kind, text }) => `${kind} ${text}`);

describe('a caption', () => {
  test('is its parts exactly, whatever is in it', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('#', '@', 'https://', 'http://a.b/', '\n', '👩‍👩‍👧', '(', ').', '.', 'ß', '日', ' '),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const caption = pieces.join('');
        const parts = splitCaption(caption);
        expect(parts.map(({ text }) => text).join('')).toBe(caption);
        expect(parts.every((part) => part.text !== '' && (part.kind !== 'link' || part.href === part.text))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test('keeps line breaks and emoji', () => {
    expect(splitCaption('One 🏃‍♀️\n\n two')).toEqual([{ kind: 'text', text: 'One 🏃‍♀️\n\n two' }]);
    expect(splitCaption('')).toEqual([]);
  });

  test.each([
    ['Go #Running with @coach.kate.', ['hashtag #Running', 'mention @coach.kate']],
    ['#a1#b', ['hashtag #a1']],
    ['#日本語 #تطبيق_جري ＃全角', ['hashtag #日本語', 'hashtag #تطبيق_جري', 'hashtag ＃全角']],
    ['Number #1, C# and &#39; and mail me@example.com', []],
    ['(@kate) "#fit"', ['mention @kate', 'hashtag #fit']],
    ['@ # @.', []],
  ])('has tags and mentions where a platform has them: %s', (caption, expected) => {
    expect(kinds(caption)).toEqual(expected);
  });

  test.each([
    ['See https://layers.com/a?b=1#c.', ['link https://layers.com/a?b=1#c']],
    ['(https://en.wikipedia.org/wiki/Run_(sport))', ['link https://en.wikipedia.org/wiki/Run_(sport)']],
    ['HTTP://LAYERS.COM/x, https://layers.comです', ['link HTTP://LAYERS.COM/x', 'link https://layers.com']],
    // Not where it seems to lead, or nowhere.
    ['https://tiktok.com@evil.example/x', []],
    ['https://user:pass@evil.example', []],
    ['https://tikt\u043ek.com https://m\u00fcnchen.de/', []],
    ['https://layers.com/stra\u00dfe', []],
    ['javascript:alert(1) data:text/html,x //layers.com ftp://a.b www.layers.com', []],
    ['https:// http://localhost https://[', []],
  ])('has links that lead where they say: %s', (caption, expected) => {
    expect(kinds(caption)).toEqual(expected);
  });

  test('of 100,000 characters is split at once', () => {
    const startedAt = performance.now();
    for (const piece of ['#', '@.', 'https://(', 'a', '@a-', 'https://a.b/)']) splitCaption(piece.repeat(100_000 / piece.length));
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
