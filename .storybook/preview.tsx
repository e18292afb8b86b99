import type { Decorator, Preview } from '@storybook/react-vite';
import '../src/styles/index.css';
import './preview.css';

const withTheme: Decorator = (Story, { globals, parameters, viewMode }) => {
  const themes = globals.theme === 'both' ? ['light', 'dark'] : [String(globals.theme)];
  return (
    <div className="story-themes" data-view={viewMode} dir={globals.direction}>
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
  decorators: [withTheme],
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
    direction: {
      description: 'Writing direction',
      toolbar: {
        icon: 'transfer',
        dynamicTitle: true,
        items: [
          { value: 'ltr', title: 'Left to right' },
          { value: 'rtl', title: 'Right to left' },
        ],
      },
    },
  },
  initialGlobals: { theme: 'light', direction: 'ltr' },
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
