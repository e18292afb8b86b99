// Three pots in the light of a studio.
import { fade, grain, inside, line, linear, oval, rng, shape } from './brush.mjs';
import { pill, words } from './type.mjs';

/** @typedef {import('./brush.mjs').G} G */

/** @param {G} g */
const ceramics = (g) => {
  const S = 600;
  g.fillStyle = linear(g, 0, 0, S, S, [
    [0, '#e7d5c3'],
    [0.6, '#d7b79b'],
    [1, '#c29675'],
  ]);
  g.fillRect(0, 0, S, S);
  g.save();
  g.filter = 'blur(3px)';
  shape(
    g,
    linear(g, 0, 90, 0, 470, [
      [0, '#b8563a'],
      [1, '#cf7a54'],
    ]),
    () => g.roundRect(292, 96, 244, 420, [122, 122, 0, 0]),
  );
  g.restore();
  fade(g, 0.35, () => {
    g.save();
    g.filter = 'blur(9px)';
    shape(g, '#fff4df', () => {
      g.moveTo(-20, 380);
      g.lineTo(300, -40);
      g.lineTo(420, -40);
      g.lineTo(60, 470);
      g.lineTo(-20, 470);
    });
    g.restore();
  });
  g.fillStyle = linear(g, 0, 470, 0, S, [
    [0, '#f0e2d0'],
    [1, '#cfae90'],
  ]);
  g.fillRect(0, 470, S, 130);
  /** @param {number} x @param {number} base @param {[number, number][]} half @param {[string, string, string]} tones */
  const pot = (x, base, half, [light, body, dark]) => {
    g.save();
    g.filter = 'blur(9px)';
    oval(g, 'rgb(80 40 20 / 0.42)', x + 52, base + 2, 104, 13);
    g.restore();
    const path = () => {
      const side = (/** @type {number} */ s) => half.map(([w, y]) => /** @type {[number, number]} */ ([x + s * w, base - y]));
      const points = [...side(-1), ...side(1).reverse()];
      const [first] = points;
      if (!first) return;
      g.moveTo(...first);
      for (let i = 1; i < points.length; i++) {
        const [ax, ay] = points[i - 1] ?? first;
        const [bx, by] = points[i] ?? first;
        if (i === half.length) g.lineTo(bx, by);
        else g.bezierCurveTo(ax, (ay + by) / 2, bx, (ay + by) / 2, bx, by);
      }
    };
    const wide = Math.max(...half.map(([w]) => w));
    shape(
      g,
      linear(g, x - wide, 0, x + wide, 0, [
        [0, body],
        [0.25, light],
        [0.6, body],
        [1, dark],
      ]),
      path,
    );
    inside(g, path, () => {
      const random = rng(Math.round(x));
      for (let i = 0; i < 150; i++)
        oval(g, `rgb(60 34 20 / ${0.1 + random() * 0.25})`, x - wide + random() * 2 * wide, base - random() * 340, 0.6 + random() * 1.2);
      for (let y = 0; y < 340; y += 9) line(g, 'rgb(70 40 25 / 0.05)', 2, () => g.ellipse(x, base - y, wide, 7, 0, 0, Math.PI));
    });
    const [mouth, top] = half.at(-1) ?? [0, 0];
    oval(g, dark, x, base - top, mouth, mouth * 0.16);
    oval(g, 'rgb(40 20 12 / 0.55)', x, base - top + 1, mouth * 0.84, mouth * 0.11);
  };
  line(g, '#7b5a35', 3, () => {
    g.moveTo(404, 250);
    g.bezierCurveTo(404, 180, 440, 130, 470, 60);
  });
  for (let i = 0; i < 9; i++) {
    const x = 408 + i * 7.4;
    const y = 206 - i * 17;
    oval(g, i % 2 ? '#c79a4e' : '#a97b38', x + (i % 2 ? 15 : -13), y, 6, 17, i % 2 ? 0.9 : -0.5);
  }
  pot(
    404,
    520,
    [
      [54, 0],
      [92, 90],
      [96, 140],
      [44, 214],
      [26, 240],
      [34, 280],
    ],
    ['#f7ecdc', '#e2ccb2', '#a9835f'],
  );
  pot(
    522,
    540,
    [
      [40, 0],
      [56, 40],
      [58, 74],
      [50, 104],
    ],
    ['#6f8a86', '#4c6967', '#28403f'],
  );
  pot(
    268,
    552,
    [
      [34, 0],
      [72, 34],
      [86, 78],
    ],
    ['#d98d63', '#b9603c', '#743018'],
  );
  words(g, 'Made\nslowly.', 44, 108, { size: 70, weight: 900, color: '#4a2114', tracking: -0.035, leading: 0.97 });
  words(g, 'Gone\nquickly.', 44, 252, { size: 70, weight: 900, color: '#b0492c', tracking: -0.035, leading: 0.97 });
  pill(g, 'Friday, 9:00', 46, 366, { size: 20, ground: '#4a2114', color: '#f9ecdc' });
  grain(g, S, S, 0.14);
};

/** @type {import('./brush.mjs').Scene} */
export const slowCeramics = { width: 600, height: 600, frames: [ceramics] };
