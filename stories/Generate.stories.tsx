import type { Meta, StoryObj } from '@storybook/react-vite';
import { useContext, useState } from 'react';
import { expect, userEvent, within } from 'storybook/test';
import { createLayersClient, type Edition, LayersProvider } from '../src/index.js';
import { MessagesContext } from '../src/provider/MessagesContext.js';
import { createSimulator, type SimulatorOptions } from '../src/testing.js';
import { MakeForm } from './support/MakeForm.js';

interface SceneProps {
  /** What the simulated API is like. */
  options?: SimulatorOptions;
  edition?: Edition;
}

const generation = {
  kind: 'video',
  queuedMs: 2_000,
  stages: [
    { stage: 'generating_visuals', durationMs: 12_000 },
    { stage: 'finalizing', durationMs: 4_000 },
  ],
} as const;

function makeScene(options: SimulatorOptions, edition: Edition) {
  const mediaBaseUrl = new URL('/media/', location.href).href;
  const simulator = createSimulator({ mediaBaseUrl, tier: 'off', edition, generation, ...options });
  const client = createLayersClient({ baseUrl: 'https://layers.invalid', fetch: simulator.fetch, edition });
  return { client, projectId: simulator.projectIds[0] ?? '' };
}

/** A partner's own form on `useGenerate`, with a simulated API of this page. */
function Scene({ options = {}, edition = 'current' }: SceneProps) {
  const [{ client, projectId }] = useState(() => makeScene(options, edition));
  const words = useContext(MessagesContext);
  return (
    <LayersProvider client={client} {...words}>
      <MakeForm projectId={projectId} hasBrief={edition === 'legacy'} />
    </LayersProvider>
  );
}

const meta = {
  title: 'Live/Making',
  component: Scene,
  parameters: {
    docs: {
      description: {
        component:
          'A form of a partner’s own on `useGenerate`: what is wrong stands at its field, in the words and the language of the provider.',
      },
    },
  },
} satisfies Meta<typeof Scene>;
export default meta;

type Story = StoryObj<typeof meta>;

const post = /^POST /;
const hook = 'The calendar app that finally respects your evenings';

/** Submits every form of the page (two, where both themes are shown). @param write whether a line is written first */
async function submit(canvasElement: HTMLElement, write = true): Promise<void> {
  const canvas = within(canvasElement);
  if (write) for (const line of canvas.getAllByRole('textbox', { name: 'Opening line' })) await userEvent.type(line, hook);
  for (const button of canvas.getAllByRole('button', { name: 'Make it' })) await userEvent.click(button);
}

/** Whether some words are on the screen in the end. */
const says = async (canvasElement: HTMLElement, words: RegExp) => {
  const found = await within(canvasElement).findAllByText(words, {}, { timeout: 6_000 });
  await expect(found.length).toBeGreaterThan(0);
};

/** The form at work: what is made is followed below it, and can be stopped. */
export const Default: Story = {};

/** Nothing was filled in: told at the field before anything is sent. */
export const FieldLeftEmpty: Story = {
  play: async ({ canvasElement }) => {
    await submit(canvasElement, false);
    const [line] = within(canvasElement).getAllByRole('textbox', { name: 'Opening line' });
    await expect(line).toHaveAccessibleDescription(/Fill this in/);
  },
};

/** What only the API knows: the project has no app demo. */
export const FieldRefused: Story = {
  args: { options: { appDemo: false } },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    for (const format of canvas.getAllByRole('combobox', { name: 'Format' })) await userEvent.selectOptions(format, 'ugc-remix');
    for (const who of canvas.getAllByRole('combobox', { name: 'Influencer' })) await userEvent.selectOptions(who, 'inf_1');
    await submit(canvasElement, false);
    await says(canvasElement, /no app demo/);
  },
};

/** Not enough credits: how many are missing. */
export const NotEnoughCredits: Story = {
  args: { options: { credits: 20 } },
  play: async ({ canvasElement }) => {
    await submit(canvasElement);
    await says(canvasElement, /30 more credits/);
  },
};

/** Too many generations run. That ends with one of them, so it is not tried again by itself. */
export const TooManyAtOnce: Story = {
  args: { options: { maxConcurrentJobs: 0 } },
  play: async ({ canvasElement }) => {
    await submit(canvasElement);
    await says(canvasElement, /Too much is being made/);
  },
};

/** Too many requests: when to try again. */
export const TooManyRequests: Story = {
  args: { options: { faults: [{ kind: 'status', status: 429, retryAfter: '90', match: post }] } },
  play: async ({ canvasElement }) => {
    await submit(canvasElement);
    await says(canvasElement, /Try again in 2 minutes/);
  },
};

/** No answer that tells whether it began. The same line submitted again carries the same key. */
export const NotKnown: Story = {
  args: { options: { faults: [{ kind: 'status', status: 503, retryAfter: '120', match: post }] } },
  play: async ({ canvasElement }) => {
    await submit(canvasElement);
    await says(canvasElement, /may have been started or not/);
  },
};

/** The answer was lost after it had begun: asked again with the same key, the first one is found. */
export const StartedBefore: Story = {
  args: { options: { faults: [{ kind: 'drop', match: post, times: 1, takesEffect: true }] } },
  play: async ({ canvasElement }) => {
    await submit(canvasElement);
    await says(canvasElement, /started before/);
  },
};

/** The old edition: one route, the line in its brief. */
export const OldEdition: Story = {
  args: { edition: 'legacy' },
  play: async ({ canvasElement }) => {
    await submit(canvasElement);
    await within(canvasElement).findByRole('button', { name: 'Stop' });
  },
};
