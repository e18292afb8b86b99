// Three plants for people who forget.
import { at, fade, glow, grain, line, linear, oval, round, shape } from './brush.mjs';
import { labels, words } from './type.mjs';

/** @typedef {import('./brush.mjs').G} G */
const W = 540;
const H = 960;

/** A pot, standing on `y`. @param {G} g @param {number} x @param {number} y @param {number} w @param {number} h @param {[string, string, string]} tones */
const pot = (g, x, y, w, h, [light, body, dark]) => {
  g.save();
  g.filter = 'blur(8px)';
  oval(g, 'rgb(20 20 10 / 0.35)', x + w * 0.12, y, w * 0.62, h * 0.09);
  g.restore();
  shape(g, linear(g, x - w / 2, 0, x + w / 2, 0, [[0, body], [0.3, light], [0.65, body], [1, dark]]), () => {
    g.moveTo(x - w / 2, y - h);
    g.lineTo(x + w / 2, y - h);
    g.lineTo(x + w * 0.36, y - 6);
    g.quadraticCurveTo(x, y + 8, x - w * 0.36, y - 6);
  });
  oval(g, dark, x, y - h, w / 2, h * 0.08);
  oval(g, '#2f1f15', x, y - h + 2, w * 0.44, h * 0.06);
};

/** Sword leaves with light edges. @param {G} g @param {number} x @param {number} y @param {number} size */
export const snake = (g, x, y, size) => {
  for (const [dx, lean, tall] of /** @type {[number, number, number][]} */ ([[-0.2, -0.24, 0.75], [0.2, 0.26, 0.7], [-0.1, -0.08, 1], [0.12, 0.12, 0.92], [0, 0.02, 0.62]]))
    at(g, x + dx * size * 0.45, y, lean, () => {
      const h = size * tall;
      const w = size * 0.075;
      const leaf = (/** @type {number} */ k) => () => {
        g.moveTo(-w * 0.7 * k, 0);
        g.bezierCurveTo(-w * 1.5 * k, -h * 0.4, -w * 1.1 * k, -h * 0.8, 0, -h);
        g.bezierCurveTo(w * 1.1 * k, -h * 0.8, w * 1.5 * k, -h * 0.4, w * 0.7 * k, 0);
      };
      shape(g, '#d9cf6a', leaf(1.22));
      shape(g, linear(g, -w, 0, w, 0, [[0, '#3f7d4d'], [0.5, '#2c6340'], [1, '#1c4730']]), leaf(0.9));
      for (let k = 1; k < 9; k++)
        line(g, 'rgb(150 190 130 / 0.4)', size * 0.008, () => {
          g.moveTo(-w * 0.75, (-h * k) / 11);
          g.quadraticCurveTo(0, (-h * k) / 11 - h * 0.03, w * 0.75, (-h * k) / 11 + h * 0.01);
        });
    });
};

/** A vine; `drop` points along it get a heart leaf. @param {G} g @param {[number, number][]} points @param {number} size */
const vine = (g, points, size) => {
  line(g, '#4d7a3a', size * 0.12, () => {
    const [first] = points;
    if (first) g.moveTo(...first);
    for (const [x, y] of points) g.lineTo(x, y);
  });
  for (const [i, [x, y]] of points.entries())
    at(g, x, y, (i % 2 ? -0.9 : 0.9) + Math.sin(i * 2.1) * 0.3, () => {
      const heart = () => {
        g.moveTo(0, -size * 0.1);
        g.bezierCurveTo(size * 0.9, -size * 0.55, size * 0.95, size * 0.65, 0, size * 1.25);
        g.bezierCurveTo(-size * 0.95, size * 0.65, -size * 0.9, -size * 0.55, 0, -size * 0.1);
      };
      shape(g, linear(g, -size, 0, size, size, [[0, i % 3 ? '#86bd5f' : '#a9d17a'], [1, i % 3 ? '#3f8348' : '#5e9c4d']]), heart);
      line(g, 'rgb(230 245 190 / 0.5)', size * 0.05, () => {
        g.moveTo(0, 0);
        g.lineTo(0, size);
      });
    });
};

/** @param {G} g @param {number} x @param {number} y @param {number} size */
export const pothos = (g, x, y, size) => {
  for (const [side, long, wide] of /** @type {[number, number, number][]} */ ([[-1, 1.35, 0.62], [1, 0.95, 0.58], [-1, 0.7, 0.34], [1, 1.6, 0.36], [-1, 0.2, 0.2], [1, 0.25, 0.25]])) {
    /** @type {[number, number][]} */
    const points = [];
    for (let k = 0; k <= 9; k++) {
      const u = k / 9;
      points.push([x + side * size * wide * Math.sin(Math.min(u * 2.2, 1.57)) + Math.sin(u * 9 + wide * 9) * size * 0.03, y - size * 0.2 * Math.sin(u * 3.4) + long * size * u * u]);
    }
    vine(g, points, size * 0.105);
  }
};

/** Arching stems with paired leaves. @param {G} g @param {number} x @param {number} y @param {number} size */
export const zz = (g, x, y, size) => {
  for (const lean of [-0.62, 0.6, -0.3, 0.34, 0.02])
    at(g, x + lean * size * 0.14, y, lean * 0.75, () => {
      const h = size * (1 - Math.abs(lean) * 0.25);
      line(g, '#6d9a4c', size * 0.03, () => {
        g.moveTo(0, 0);
        g.quadraticCurveTo(lean * 14, -h * 0.6, lean * size * 0.16, -h);
      });
      for (let k = 2; k < 11; k++) {
        const u = k / 10.5;
        for (const side of [-1, 1])
          oval(
            g,
            linear(g, -20, -h * u, 20, -h * u - 20, [[0, side < 0 ? '#2e6b45' : '#3f8a52'], [1, '#7fc077']]),
            lean * size * 0.16 * u * u + side * size * 0.075,
            -h * u - size * 0.02,
            size * 0.085 * (1.15 - u * 0.5),
            size * 0.036,
            side * -0.55,
          );
      }
    });
};

/** A wall, and the light on it. @param {G} g @param {[string, string, string]} wall @param {string} floor */
const room = (g, [a, b, c], floor, shelf = 800) => {
  g.fillStyle = linear(g, 0, 0, W, H, [[0, a], [0.5, b], [1, c]]);
  g.fillRect(0, 0, W, H);
  fade(g, 0.5, () => {
    g.save();
    g.filter = 'blur(10px)';
    g.transform(1, 0.22, -0.5, 1, 330, 150);
    g.fillStyle = 'rgb(255 250 225 / 0.55)';
    for (const [x, y] of [[0, 130], [140, 130], [0, 330], [140, 330]]) g.fillRect(x ?? 0, y ?? 0, 126, 184);
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
    glow(g, 270, 620, 330, [[0, 'rgb(150 220 190 / 0.3)'], [1, 'rgb(150 220 190 / 0)']]);
    pot(g, 270, 862, 220, 180, ['#e8c58e', '#c2924f', '#7d5523']);
    zz(g, 270, 690, 330);
    card(g, '3', 'ZZ plant', 'That corner with no window?\nIt asked for that corner.', '#e9f4e4', '#e9f4e4');
    grain(g, W, H, 0.1);
  },
  (g) => {
    g.fillStyle = linear(g, 0, 0, W, H, [[0, '#f4efe2'], [1, '#dfd6bf']]);
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
