/** The words in English. They are the default; this entry exists so that a page can load any language by its tag. */
export { englishMessages as messages } from '../components/messages.js';
