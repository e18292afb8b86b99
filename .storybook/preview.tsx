import type { Decorator, Preview } from '@storybook/react-vite';
import { messages as ar } from '../src/locales/ar.js';
import { messages as de } from '../src/locales/de.js';
import { messages as es } from '../src/locales/es.js';
import { messages as fr } from '../src/locales/fr.js';
import { messages as ja } from '../src/locales/ja.js';
import { messages as ptBR } from '../src/locales/pt-BR.js';
import { MessagesContext } from '../src/provider/MessagesContext.js';
import { englishMessages } from '../src/components/messages.js';
import { pseudoMessages } from './pseudo.js';
import '../src/styles/index.css';
import './preview.css';

const words = { en: englishMessages, de, es, fr, 'pt-BR': ptBR, ja, ar, pseudo: pseudoMessages };
const isLanguage = (tag: unknown): tag is keyof typeof words => typeof tag === 'string' && Object.hasOwn(words, tag);

/** The words of the toolbar's language; a story with a provider of its own hands them on to it. */
const withWords: Decorator = (Story, { globals }) => {
  const tag = isLanguage(globals.locale) ? globals.locale : 'en';
  return (
    <MessagesContext.Provider value={{ locale: tag === 'pseudo' ? 'en' : tag, messages: words[tag] }}>
      <Story />
    </MessagesContext.Provider>
  );
};

const withTheme: Decorator = (Story, { globals, parameters, viewMode }) => {
  const themes = globals.theme === 'both' ? ['light', 'dark'] : [String(globals.theme)];
  return (
    <div
      className="story-themes"
      data-view={viewMode}
      dir={globals.direction === 'auto' ? (globals.locale === 'ar' ? 'rtl' : 'ltr') : globals.direction}
      lang={globals.locale === 'pseudo' ? 'en' : globals.locale}
    >
      {themes.map((theme) => (
        <div key={theme} className="story-theme" data-layers-theme={theme} data-ground={parameters.ground}>
          <Story />
        </div>
      ))}
    </div>
  );
};

const preview: Preview = {
  tags: ['autodocs'],
  decorators: [withWords, withTheme],
  globalTypes: {
    theme: {
      description: 'Light, dark, or one beside the other',
      toolbar: {
        icon: 'contrast',
        dynamicTitle: true,
        items: [
          { value: 'light', title: 'Light' },
          { value: 'dark', title: 'Dark' },
          { value: 'both', title: 'Side by side' },
        ],
      },
    },
    locale: {
      description: 'Language',
      toolbar: {
        icon: 'globe',
        dynamicTitle: true,
        items: [
          { value: 'en', title: 'English' },
          { value: 'de', title: 'Deutsch' },
          { value: 'es', title: 'Español' },
          { value: 'fr', title: 'Français' },
          { value: 'pt-BR', title: 'Português (Brasil)' },
          { value: 'ja', title: '日本語' },
          { value: 'ar', title: 'العربية' },
          { value: 'pseudo', title: 'Ƥşéúđó: longer, and nothing untranslated' },
        ],
      },
    },
    direction: {
      description: 'Writing direction',
      toolbar: {
        icon: 'transfer',
        dynamicTitle: true,
        items: [
          { value: 'auto', title: 'As the language is written' },
          { value: 'ltr', title: 'Left to right' },
          { value: 'rtl', title: 'Right to left' },
        ],
      },
    },
  },
  initialGlobals: { theme: 'light', direction: 'auto', locale: 'en' },
  parameters: {
    a11y: { test: 'error' },
    layout: 'fullscreen',
    viewport: {
      options: {
        phone: { name: 'Phone 390', styles: { width: '390px', height: '844px' }, type: 'mobile' },
        desktop: { name: 'Desktop 1280', styles: { width: '1280px', height: '800px' }, type: 'desktop' },
      },
    },
    options: { storySort: { order: ['Introduction', 'Components'] } },
  },
};
export default preview;
