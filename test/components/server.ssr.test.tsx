import { readdirSync, readFileSync } from 'node:fs';
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { createContainers, NOW } from '../../stories/support/containers.js';
import { createLibrary } from '../../stories/support/library.js';
import { createPreviews } from '../../stories/support/previews.js';
import { lastError, progress } from '../../stories/support/progress.js';
import {
  ApprovalActions,
  ApprovalBadge,
  ContainerCard,
  ContainerGrid,
  PlatformFitNotice,
  PostDetails,
  PreviewPlayer,
  ProgressBar,
  StatusBadge,
} from '../../src/components/index.js';

const previews = createPreviews('/');
const containers = createContainers(previews);

describe('server HTML', () => {
  const pages = {
    ...Object.fromEntries(
      Object.entries(progress).map(([name, value]) => [`ProgressBar ${name}`, <ProgressBar key={name} progress={value} />]),
    ),
    'ProgressBar with an error': <ProgressBar progress={progress.failed} lastError={lastError} />,
    ...Object.fromEntries(
      Object.entries(previews).map(([name, value]) => [`PreviewPlayer ${name}`, <PreviewPlayer key={name} preview={value} />]),
    ),
    'PreviewPlayer that plays at once': <PreviewPlayer preview={previews.video} autoPlay muted aspectRatio="1.91:1" />,
    'PreviewPlayer without a preview': <PreviewPlayer preview={null} />,
    ...Object.fromEntries(
      Object.entries(containers).map(([name, value]) => [`ContainerCard ${name}`, <ContainerCard key={name} container={value} />]),
    ),
    'ContainerCard without a container': <ContainerCard container={null} />,
    'ContainerGrid of many': <ContainerGrid containers={createLibrary(100, previews)} selectable newCount={3} hasNextPage />,
    'ContainerGrid as a list': <ContainerGrid containers={createLibrary(10, previews)} variant="list" />,
    'ContainerGrid that loads': <ContainerGrid containers={undefined} />,
    StatusBadge: <StatusBadge status="processing" />,
    ApprovalBadge: <ApprovalBadge status="pending" />,
    ...Object.fromEntries(
      (['toApprove', 'approved', 'rejected'] as const).map((name) => [
        `ApprovalActions ${name}`,
        <ApprovalActions key={name} container={containers[name]} onApprove={() => {}} onReject={() => {}} />,
      ]),
    ),
    PostDetails: <PostDetails container={containers.toApprove} />,
    PlatformFitNotice: <PlatformFitNotice platformFit={[{ platform: 'tiktok', ok: false, issues: ['Too long.'] }]} />,
  };

  it.for(Object.entries(pages))('of %s is made without a window and has no style attribute', ([, page]) => {
    expect(typeof window).toBe('undefined');
    const html = renderToString(page);
    expect(html).toContain('class="layers-');
    expect(html).not.toContain('style=');
    expect(html).not.toMatch(/\son[a-z]+=/);
  });

  it('is the same a minute later', () => {
    const card = <ContainerCard container={containers.toApprove} />;
    expect(renderToString(card)).toContain('Nov 22, 2026');
    expect(renderToString(card)).toBe(renderToString(card));
    expect(renderToString(<ContainerCard container={containers.toApprove} now={NOW} />)).toContain('4m ago');
  });

  it('has the words, the value and the ratio before any script has run', () => {
    const html = renderToString(<ProgressBar progress={progress.running} />);
    expect(html).toContain('aria-valuenow="42"');
    expect(html).toContain('Generating visuals');
    expect(renderToString(<PreviewPlayer preview={previews.squareVideo} />)).toContain('data-ratio="1:1"');
  });
});

describe('what the components say of their looks', () => {
  const read = (folder: string, ending: string): string =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith(ending))
      .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
      .join('\n');
  const names = (text: string, pattern: RegExp) => [...new Set(text.match(pattern))].sort();
  const css = read('src/styles', '.css');
  const source = read('src/components', '.tsx');
  const comments = source.match(/\/\*\*[\s\S]*?\*\//g)?.join('\n') ?? '';

  it('names every variable that the stylesheets read, and no other', () => {
    expect(names(comments, /--layers-[a-z-]+[a-z]/g)).toEqual(names(css, /--layers-[a-z-]+[a-z]/g));
  });

  it('styles no part that is not drawn', () => {
    const drawn = names(source, /data-part="[a-z]+"/g);
    expect(names(css, /data-part="[a-z]+"/g).filter((part) => !drawn.includes(part))).toEqual([]);
  });

  it('declares nothing on the root of the page, and nothing outside of its layers', () => {
    expect(/:root|[\s,(](?:html|body)[\s,)[:]/.test(css)).toBe(false);
    // But for a style attribute of ours, on paper: a host can override everything.
    const important = css.split('\n').filter((line) => line.includes('!important'));
    expect(important.map((line) => line.trim())).toEqual(['block-size: auto !important;', 'padding-block-start: 0 !important;']);
    const outside = read('src/styles', '.css')
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .split('\n')
      .filter((line) => /^\S/.test(line) && !/^(@layer|@import|\})/.test(line));
    expect(outside).toEqual([]);
  });

  it('starts every module that React draws with its directive', () => {
    const folder = 'src/components';
    const modules = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'));
    const without = modules.filter((name) => !readFileSync(`${folder}/${name}`, 'utf8').startsWith("'use client';\n"));
    expect(without).toEqual([]);
  });
});
