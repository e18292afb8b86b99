import ours from '../../src/styles/index.css?inline';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cleanup, render } from 'vitest-browser-react';
import { ApprovalActions, ContainerCard, ContainerGrid, PreviewPlayer, ProgressBar, StatusBadge } from '../../src/components/index.js';
import { createLibrary } from '../../stories/support/library.js';
import { progress } from '../../stories/support/progress.js';
import bootstrap from '../fixtures/resets/bootstrap-5-reboot.css?inline';
import tailwind from '../fixtures/resets/tailwind-4.css?inline';
import { frames } from '../support/frames.js';
import { containers, previews } from './support.js';

/** What a reset changes. Fonts are inherited from the page, which is wanted. */
const LOOK = [
  ...[
    'display',
    'color',
    'backgroundColor',
    'opacity',
    'cursor',
    'fontSize',
    'fontWeight',
    'lineHeight',
    'textAlign',
    'textDecorationLine',
  ],
  ...['listStyleType', 'borderTopLeftRadius', 'borderTopWidth', 'borderLeftWidth', 'outlineWidth', 'objectFit'],
  ...['paddingTop', 'paddingLeft', 'marginTop', 'marginBottom', 'marginLeft', 'maxWidth', 'width', 'height', 'resize'],
] as const;

const OF_WORDS: readonly string[] = ['color', 'fontSize', 'fontWeight', 'lineHeight'];

const sheets: HTMLStyleElement[] = [];
const add = (css: string) => {
  const sheet = document.head.appendChild(document.createElement('style'));
  sheet.textContent = css;
  sheets.push(sheet);
};
const removeAll = () => sheets.splice(0).forEach((sheet) => sheet.remove());

beforeEach(async () => {
  await render(
    <main style={{ inlineSize: 700, fontFamily: 'sans-serif', fontSize: 16 }}>
      <ProgressBar progress={progress.running} stages />
      <ProgressBar progress={progress.failed} />
      <PreviewPlayer preview={previews.slideshow} />
      <PreviewPlayer preview={previews.video} />
      <ContainerCard container={containers.toApprove} onOpen={() => {}} now={0} />
      <ContainerCard container={containers.failed} href="#" layout="row" now={0} />
      <ApprovalActions container={containers.toApprove} onApprove={() => {}} onReject={() => {}} />
      <StatusBadge status="processing" />
      <ContainerGrid containers={createLibrary(6, previews)} selectable defaultSelectedIds={['cnt_00003']} now={0} hasNextPage />
    </main>,
  );
});
afterEach(async () => {
  await cleanup();
  removeAll();
});

const looks = async () => {
  add('*, ::before, ::after { transition: none !important; animation: none !important; }');
  await frames(12);
  return [...document.querySelectorAll('main [class^="layers-"], main [data-part], main svg')].map((element) => {
    const style = getComputedStyle(element);
    const named = `${element.closest('[class^="layers-"]')?.className} ${(element as HTMLElement).dataset.part ?? element.tagName}`;
    const names = element.textContent === '' ? LOOK.filter((name) => !OF_WORDS.includes(name)) : LOOK;
    return Object.fromEntries([['named', named], ...names.map((name) => [name, style[name]] as const)]);
  });
};
/** What of the look is other than with our stylesheet alone. */
async function changedBy(...css: string[]): Promise<string[]> {
  add(ours);
  const before = await looks();
  removeAll();
  css.forEach(add);
  const after = await looks();
  expect(after).toHaveLength(before.length);
  const changed = before.flatMap((look, at) =>
    Object.keys(look)
      .filter((name) => look[name] !== after[at]?.[name])
      .map((name) => `${look['named']}: ${name} ${look[name]} -> ${after[at]?.[name]}`),
  );
  return [...new Set(changed)];
}

it('looks as it should before Tailwind 4', async () => {
  expect(await changedBy(ours, tailwind)).toEqual([]);
});

it('looks as it should after Tailwind 4, with the order of layers written first', async () => {
  expect(await changedBy('@layer theme, base, layers, components, utilities;', tailwind, ours)).toEqual([]);
});

it('is changed by a class of Tailwind 4, as one writes it to change something', async () => {
  [ours, tailwind].forEach(add);
  const card = document.querySelector('.layers-ContainerCard') as HTMLElement;
  card.classList.add('p-4');
  expect(getComputedStyle(card).paddingTop).toBe('16px');
});

it.each(['before', 'after'])('looks as it should %s Bootstrap 5 that is in a layer', async (where) => {
  const layered = `@layer base {${bootstrap}}`;
  expect(await (where === 'before' ? changedBy(ours, layered) : changedBy(layered, ours))).toEqual([]);
});

it('a closed dialog is not shown after a reset that unsets everything', async () => {
  [ours, '@layer reset { * { all: unset } }'].forEach(add);
  const dialogs = [...document.querySelectorAll('main dialog')];
  expect(dialogs.length).toBeGreaterThan(0);
  expect(dialogs.filter((dialog) => dialog.checkVisibility())).toEqual([]);
});
