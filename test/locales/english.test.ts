import { expect, test } from 'vitest';
import { englishMessages } from '../../src/components/messages.js';

// Russian has a plural form of its own for 21, French and Portuguese take 0 for one.
test.each([
  ['ru', 21],
  ['ru', 101],
  ['fr', 0],
  ['pt-BR', 0],
  ['en', 0],
])('a page in %s without words of its language counts %i in English', (locale, count) => {
  const { gridEnd, gridInvalid, charactersLeft, charactersOver } = englishMessages;
  expect([gridEnd, gridInvalid, charactersLeft, charactersOver].map((say) => say(count, locale))).toEqual([
    `${count} items`,
    `${count} items couldn't be shown`,
    `${count} characters left`,
    `${count} characters too many`,
  ]);
});

test('one is one in every locale, and numbers are written as the locale does', () => {
  expect(englishMessages.gridEnd(1, 'ja')).toBe('1 item');
  expect(englishMessages.gridInvalid(1, 'ja')).toBe("1 item couldn't be shown");
  expect(englishMessages.gridEnd(12_345, 'de')).toBe('12.345 items');
});
