import type { StorybookConfig } from '@storybook/react-vite';

const config: StorybookConfig = {
  framework: '@storybook/react-vite',
  stories: ['../stories/**/*.mdx', '../stories/**/*.stories.tsx'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  staticDirs: [{ from: '../src/simulator/media/files', to: '/media' }],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  typescript: { reactDocgen: 'react-docgen' },
  // The library's own vite.config.ts builds a package, which Storybook must not inherit.
  viteFinal: (vite) => {
    delete vite.build?.lib;
    delete vite.build?.rolldownOptions;
    vite.plugins = (vite.plugins ?? []).filter((plugin) => !(plugin && 'name' in plugin && plugin.name === 'layers-assets'));
    return vite;
  },
};
export default config;
