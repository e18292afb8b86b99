// Three plants for people who forget.
import { fade, glow, grain, linear, round } from './brush.mjs';
import { pot, pothos, snake, zz } from './plants.mjs';
import { labels, words } from './type.mjs';

/** @typedef {import('./brush.mjs').G} G */
const W = 540;
const H = 960;

/** A wall, and the light on it. @param {G} g @param {[string, string, string]} wall @param {string} floor */
const room = (g, [a, b, c], floor, shelf = 800) => {
  g.fillStyle = linear(g, 0, 0, W, H, [
    [0, a],
    [0.5, b],
    [1, c],
  ]);
  g.fillRect(0, 0, W, H);
  fade(g, 0.5, () => {
    g.save();
    g.filter = 'blur(10px)';
    g.transform(1, 0.22, -0.5, 1, 330, 150);
    g.fillStyle = 'rgb(255 250 225 / 0.55)';
    for (const [x, y] of [
      [0, 130],
      [140, 130],
      [0, 330],
      [140, 330],
    ])
      g.fillRect(x ?? 0, y ?? 0, 126, 184);
    g.restore();
  });
  g.fillStyle = floor;
  g.fillRect(0, shelf, W, H - shelf);
  g.fillStyle = 'rgb(0 0 0 / 0.12)';
  g.fillRect(0, shelf, W, 6);
};

/** @param {G} g @param {string} number @param {string} name @param {string} text @param {string} ink @param {string} ground */
const card = (g, number, name, text, ink, ground) => {
  words(g, number, 44, 132, { size: 38, weight: 700, color: ink, tracking: 0, alpha: 0.7 });
  words(g, name, 42, 214, { size: 82, weight: 900, color: ink, tracking: -0.04 });
  labels(g, text, 44, 278, { size: 30, weight: 600, color: '#20261d', ground, tracking: -0.015 });
};

/** @type {import('./brush.mjs').Frame[]} */
const frames = [
  (g) => {
    room(g, ['#dfe6cf', '#bccbab', '#8fa887'], '#8d6a4a');
    pot(g, 128, 836, 132, 126, ['#e7a27e', '#c9704a', '#8e4224']);
    snake(g, 128, 716, 330);
    pot(g, 406, 836, 132, 118, ['#faf4ea', '#ddd0bd', '#a08f78']);
    zz(g, 406, 724, 232);
    pot(g, 272, 856, 150, 112, ['#6f93a0', '#466c7c', '#264451']);
    pothos(g, 272, 744, 62);
    words(g, '3 plants that\nforgive you', 42, 160, { size: 80, weight: 900, color: '#213a2a', tracking: -0.04, leading: 1 });
    labels(g, 'even in a dark flat', 44, 308, { size: 30, weight: 600, ground: '#213a2a', color: '#f4f7e8' });
    grain(g, W, H, 0.12);
  },
  (g) => {
    room(g, ['#f8d98a', '#f0bd57', '#d6922f'], '#7a4a22');
    pot(g, 280, 860, 220, 190, ['#fbf3e4', '#e4d2b5', '#a98c62']);
    snake(g, 280, 676, 338);
    card(g, '1', 'Snake plant', 'Water it every three weeks.\nOr four. It will not tell.', '#4d2c08', '#fff6dc');
    grain(g, W, H, 0.12);
  },
  (g) => {
    room(g, ['#f6d6cf', '#eeb5ab', '#d88f86'], '#a2574f', 900);
    round(g, '#7c3d33', 60, 560, 420, 20, 4);
    g.fillStyle = 'rgb(60 10 10 / 0.16)';
    g.fillRect(66, 580, 408, 16);
    pot(g, 270, 562, 168, 132, ['#8fb3c4', '#5b8599', '#2f5162']);
    pothos(g, 270, 430, 215);
    card(g, '2', 'Pothos', 'It faints when it is thirsty.\nOne drink: up by dinner.', '#5a1f1c', '#fff1ec');
    grain(g, W, H, 0.12);
  },
  (g) => {
    room(g, ['#2f5a5c', '#1f4449', '#122c33'], '#0d2027');
    glow(g, 270, 620, 330, [
      [0, 'rgb(150 220 190 / 0.3)'],
      [1, 'rgb(150 220 190 / 0)'],
    ]);
    pot(g, 270, 862, 220, 180, ['#e8c58e', '#c2924f', '#7d5523']);
    zz(g, 270, 690, 330);
    card(g, '3', 'ZZ plant', 'That corner with no window?\nIt asked for that corner.', '#e9f4e4', '#e9f4e4');
    grain(g, W, H, 0.1);
  },
  (g) => {
    g.fillStyle = linear(g, 0, 0, W, H, [
      [0, '#f4efe2'],
      [1, '#dfd6bf'],
    ]);
    g.fillRect(0, 0, W, H);
    words(g, 'Save this', 42, 166, { size: 88, weight: 900, color: '#213a2a', tracking: -0.04 });
    words(g, 'before the garden centre', 46, 216, { size: 33, weight: 600, color: '#4e6a4f', tracking: -0.02 });
    /** @type {[string, string, string, (g: G, x: number, y: number, size: number) => void, number][]} */
    const rows = [
      ['Snake plant', 'every 3 weeks', '#f3c96c', snake, 112],
      ['Pothos', 'when it faints', '#f1bcb1', pothos, 44],
      ['ZZ plant', 'once a month', '#3c6a6a', zz, 106],
    ];
    for (const [i, [name, when, color, plant, size]] of rows.entries()) {
      const y = 276 + i * 206;
      round(g, '#fffdf6', 42, y, 456, 182, 28);
      round(g, color, 56, y + 14, 140, 154, 20);
      if (plant === pothos) {
        pot(g, 126, y + 100, 50, 36, ['#8fb3c4', '#5b8599', '#2f5162']);
        plant(g, 126, y + 66, size + 8);
      } else {
        pot(g, 126, y + 156, 54, 42, ['#fbf3e4', '#e4d2b5', '#a98c62']);
        plant(g, 126, y + 116, size * 0.82);
      }
      words(g, name, 222, y + 86, { size: 38, weight: 800, color: '#213a2a', tracking: -0.03 });
      words(g, when, 223, y + 124, { size: 26, weight: 500, color: '#6c7a63', tracking: -0.01 });
    }
    grain(g, W, H, 0.1);
  },
];

/** @type {import('./brush.mjs').Scene} */
export const patientPlants = { width: W, height: H, frames };
