import axe from 'axe-core';
import type { ReactElement } from 'react';

export { containers, previews } from '../support/samples.js';

export const THEMES = ['light', 'dark'] as const;

/** A page in a theme, with the ground that components are measured on. */
export function Page({ theme, children }: { theme: 'light' | 'dark'; children: ReactElement }) {
  const ground = theme === 'light' ? '#ffffff' : '#14161a';
  return (
    <main data-layers-theme={theme} style={{ background: ground, padding: 16, inlineSize: 360 }}>
      <h1 style={{ color: theme === 'light' ? '#16181d' : '#eceef2' }}>Test page</h1>
      {children}
    </main>
  );
}

/** What axe finds wrong, by rule and element. */
export async function findViolations(element: Element): Promise<string[]> {
  const { violations } = await axe.run(element, { resultTypes: ['violations'] });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
}

/** The computed colour of a property as red, green and blue, 0 to 255. */
function colourOf(element: Element, property: 'color' | 'backgroundColor'): [number, number, number] {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!canvas) throw new Error('There is no canvas to read colours with.');
  canvas.fillStyle = getComputedStyle(element)[property];
  canvas.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}

function luminance(colour: [number, number, number]): number {
  const [red, green, blue] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG contrast of an element's text, or of an icon, on its own ground or that of another. */
export function contrastOf(element: Element, ground = element): number {
  const [low = 0, high = 0] = [luminance(colourOf(element, 'color')), luminance(colourOf(ground, 'backgroundColor'))].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}
