// Words on pictures, in the manner of short social videos. Runs in the browser.
import { fade } from './brush.mjs';

/** @typedef {import('./brush.mjs').G} G */
/** @typedef {{ size: number, color?: string, weight?: number, align?: CanvasTextAlign, leading?: number, tracking?: number, shadow?: string, alpha?: number }} Look */

/** @param {G} g @param {Look} look */
const set = (g, { size, weight = 800, align = 'left', tracking = -0.025 }) => {
  g.font = `${weight} ${size}px "Inter Display", Inter, system-ui, sans-serif`;
  g.letterSpacing = `${size * tracking}px`;
  g.textAlign = align;
  g.textBaseline = 'alphabetic';
};

/** Lines of words; `y` is the first baseline. @param {G} g @param {string} text @param {number} x @param {number} y @param {Look} look */
export const words = (g, text, x, y, look) =>
  fade(g, look.alpha ?? 1, () => {
    set(g, look);
    if (look.shadow) {
      g.shadowColor = look.shadow;
      g.shadowBlur = look.size * 0.6;
      g.shadowOffsetY = look.size * 0.08;
    }
    g.fillStyle = look.color ?? '#ffffff';
    for (const [index, row] of text.split('\n').entries()) g.fillText(row, x, y + index * look.size * (look.leading ?? 1.04));
  });

/** Lines of words, each on its own rounded label. @param {G} g @param {string} text @param {number} x @param {number} y @param {Look & { ground?: string }} look */
export const labels = (g, text, x, y, look) =>
  fade(g, look.alpha ?? 1, () => {
    set(g, look);
    const { size } = look;
    const step = size * (look.leading ?? 1.42);
    for (const [index, row] of text.split('\n').entries()) {
      const width = g.measureText(row).width + size * 0.78;
      const left = look.align === 'center' ? x - width / 2 : x;
      g.beginPath();
      g.roundRect(left, y + index * step - size * 1.02, width, size * 1.44, size * 0.3);
      g.fillStyle = look.ground ?? '#ffffff';
      g.fill();
    }
    g.fillStyle = look.color ?? '#111111';
    const inset = look.align === 'center' ? 0 : size * 0.39;
    for (const [index, row] of text.split('\n').entries()) g.fillText(row, x + inset, y + index * step);
  });

/** A pill with one word or two. @param {G} g @param {string} text @param {number} x @param {number} y @param {Look & { ground?: string }} look */
export const pill = (g, text, x, y, look) =>
  fade(g, look.alpha ?? 1, () => {
    set(g, { weight: 600, tracking: -0.01, ...look });
    const { size } = look;
    const width = g.measureText(text).width + size * 1.5;
    const left = look.align === 'center' ? x - width / 2 : look.align === 'right' ? x - width : x;
    g.beginPath();
    g.roundRect(left, y, width, size * 2.1, size * 1.05);
    g.fillStyle = look.ground ?? 'rgb(0 0 0 / 0.35)';
    g.fill();
    g.textAlign = 'left';
    g.fillStyle = look.color ?? '#ffffff';
    g.fillText(text, left + size * 0.75, y + size * 1.41);
  });
