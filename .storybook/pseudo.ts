import { englishMessages, type LayersMessages } from '../src/components/messages.js';

const plain = 'aceilnorsuyACEILNOSUY';
const marked = 'áçéíļñóŕşúýÁÇÉÍĻÑÓŞÚÝ';
const mark = (letter: string) => marked.charAt(plain.indexOf(letter));

/** Words a third longer, with every letter marked: what still reads as plain English on the screen comes from nowhere in the catalogue. */
function stretch(words: string): string {
  if (words.trim().length < 3) return words;
  return `[${words.replace(/[a-z]/gi, (letter) => mark(letter) || letter)}${'~'.repeat(Math.ceil(words.length / 3))}]`;
}

/** The English words, stretched and marked. */
export const pseudoMessages = Object.fromEntries(
  Object.entries(englishMessages).map(([name, word]: [string, string | ((...args: never[]) => string)]) => [
    name,
    typeof word === 'string' ? stretch(word) : (...args: never[]) => stretch(word(...args)),
  ]),
) as unknown as LayersMessages;
