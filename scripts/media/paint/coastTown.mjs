// The town of a weekend by the sea, by day and by night.
import { at, fade, glow, grain, line, linear, oval, ridge, rng, round, shape } from './brush.mjs';
import { labels, words } from './type.mjs';

const W = 540;
const H = 675;

/** A house with a roof and a few windows. @param {import('./brush.mjs').G} g @param {number} x @param {number} y @param {number} w @param {number} h @param {string} wall @param {string} roof */
const house = (g, x, y, w, h, wall, roof, lit = 'rgb(70 60 90 / 0.75)') => {
  g.fillStyle = wall;
  g.fillRect(x, y - h, w, h);
  g.fillStyle = 'rgb(60 30 60 / 0.14)';
  g.fillRect(x + w * 0.68, y - h, w * 0.32, h);
  shape(g, roof, () => {
    g.moveTo(x - 4, y - h);
    g.lineTo(x + w / 2, y - h - w * 0.32);
    g.lineTo(x + w + 4, y - h);
  });
  g.fillStyle = lit;
  for (let r = 0; r < h / 26 - 1; r++) for (let c = 0; c < 2; c++) g.fillRect(x + w * (0.2 + c * 0.38), y - h + 12 + r * 26, w * 0.18, 12);
};

const walls = ['#f7e3c4', '#f2b89a', '#fdf4e6', '#e98d72', '#f6cf7f', '#d9e3e0'];
const roofs = ['#b9502f', '#a3432a', '#c9663f'];

/** @type {import('./brush.mjs').Frame} */
export const arrival = (g) => {
  g.fillStyle = linear(g, 0, 0, 0, 420, [
    [0, '#58b4d9'],
    [0.6, '#a9dbe6'],
    [1, '#fbe9c9'],
  ]);
  g.fillRect(0, 0, W, H);
  glow(g, 110, 330, 260, [
    [0, 'rgb(255 247 214 / 0.95)'],
    [1, 'rgb(255 240 200 / 0)'],
  ]);
  oval(g, '#fffbe8', 110, 330, 38);
  g.fillStyle = linear(g, 0, 410, 0, H, [
    [0, '#5cc3cf'],
    [0.35, '#2797b4'],
    [1, '#0d5d86'],
  ]);
  g.fillRect(0, 410, W, H);
  const random = rng(2);
  for (let i = 0; i < 90; i++) {
    const y = 414 + random() ** 1.6 * 250;
    const w = 6 + (y - 410) * 0.18;
    round(g, `rgb(255 255 255 / ${0.1 + random() * 0.35})`, random() * W, y, w, 1.6 + (y - 410) * 0.006, 1);
  }
  shape(
    g,
    linear(g, 0, 300, 0, 520, [
      [0, '#8aa06a'],
      [0.4, '#6c8257'],
      [1, '#8a6a4e'],
    ]),
    () => {
      g.moveTo(200, 520);
      g.bezierCurveTo(230, 400, 330, 330, 560, 286);
      g.lineTo(560, 520);
    },
  );
  for (let row = 0; row < 4; row++)
    for (let i = 0; i < 8; i++) {
      const w = 36 + random() * 16;
      const x = 250 + (3 - row) * 34 + i * 43 - row * 6;
      house(
        g,
        x,
        408 + row * 32 - (i * (3 - row)) / 2,
        w,
        44 + random() * 30,
        walls[Math.floor(random() * 6)] ?? '',
        roofs[(i + row) % 3] ?? '',
      );
    }
  house(g, 424, 320, 24, 84, '#fdf4e6', '#b9502f');
  shape(g, '#5d4a40', () => {
    g.moveTo(180, 520);
    g.lineTo(560, 500);
    g.lineTo(560, 528);
    g.lineTo(196, 530);
  });
  for (const [x, y, s] of /** @type {[number, number, number][]} */ ([
    [96, 520, 1],
    [176, 574, 1.5],
    [420, 590, 1.3],
  ]))
    at(
      g,
      x,
      y,
      0,
      () => {
        oval(g, 'rgb(5 50 80 / 0.35)', 4, 16, 38, 5);
        shape(g, '#fff7ea', () => {
          g.moveTo(2, -52);
          g.lineTo(2, 4);
          g.lineTo(34, 4);
        });
        shape(g, '#e8694a', () => {
          g.moveTo(-2, -44);
          g.lineTo(-2, 4);
          g.lineTo(-22, 4);
        });
        shape(g, '#7a3322', () => {
          g.moveTo(-32, 7);
          g.lineTo(38, 7);
          g.lineTo(28, 18);
          g.lineTo(-22, 18);
        });
      },
      s,
    );
  words(g, 'A weekend\nby the sea', 38, 104, { size: 78, weight: 900, tracking: -0.04, leading: 0.98, shadow: 'rgb(10 70 110 / 0.35)' });
  labels(g, 'for under €90', 40, 254, { size: 38, ground: '#e8583a', color: '#fff8ea' });
  grain(g, W, H, 0.1);
};

/** @type {import('./brush.mjs').Frame} */
export const dinner = (g) => {
  g.fillStyle = linear(g, 0, 0, 0, 380, [
    [0, '#1a1f4b'],
    [0.55, '#5b3a7e'],
    [0.85, '#d0677a'],
    [1, '#f4a273'],
  ]);
  g.fillRect(0, 0, W, H);
  const random = rng(31);
  for (let i = 0; i < 40; i++) oval(g, `rgb(255 245 230 / ${random() * 0.7})`, random() * W, random() * 200, 0.6 + random());
  g.fillStyle = linear(g, 0, 380, 0, H, [
    [0, '#c4627c'],
    [0.3, '#5a3a78'],
    [1, '#171a42'],
  ]);
  g.fillRect(0, 380, W, H);
  ridge(g, '#3b2a5e', W, 384, (x) => 356 - 26 * Math.sin(x / 120 + 0.6) - 6 * Math.sin(x / 33));
  for (let i = 0; i < 14; i++) {
    const x = -10 + i * 41;
    const h = 46 + random() * 44;
    house(g, x, 384, 38, h, ['#4a3568', '#59406f', '#3c2d5c'][i % 3] ?? '', '#2a1f47', random() > 0.3 ? '#ffd58a' : '#6a5484');
    fade(g, 0.55, () => {
      for (let k = 0; k < 9; k++) round(g, '#ffcf86', x + 8 + Math.sin(k * 2 + i) * 4, 392 + k * 15, 16 - k, 2.4, 1.2);
    });
  }
  line(g, 'rgb(30 18 50 / 0.9)', 2, () => {
    g.moveTo(0, 250);
    g.quadraticCurveTo(270, 340, W, 236);
  });
  for (let k = 0; k < 12; k++) {
    const u = (k + 0.5) / 12;
    const x = u * W;
    const y = (1 - u) ** 2 * 250 + 2 * u * (1 - u) * 340 + u * u * 236 + 6;
    glow(g, x, y, 26, [
      [0, 'rgb(255 214 130 / 0.8)'],
      [1, 'rgb(255 200 120 / 0)'],
    ]);
    oval(g, '#fff0c8', x, y, 4.6);
  }
  // The wall, and dinner on it.
  g.fillStyle = linear(g, 0, 556, 0, H, [
    [0, '#5a4560'],
    [0.1, '#46344f'],
    [1, '#251b33'],
  ]);
  g.fillRect(0, 556, W, 130);
  g.fillStyle = 'rgb(255 200 150 / 0.3)';
  g.fillRect(0, 556, W, 4);
  oval(g, 'rgb(15 8 25 / 0.5)', 190, 578, 136, 14);
  oval(g, '#f4ece0', 186, 566, 126, 19);
  oval(g, '#d8cbbb', 186, 564, 94, 12);
  shape(
    g,
    linear(g, 110, 540, 270, 570, [
      [0, '#e8b27a'],
      [0.5, '#c98148'],
      [1, '#8b512b'],
    ]),
    () => {
      g.moveTo(112, 558);
      g.quadraticCurveTo(170, 528, 232, 556);
      g.lineTo(268, 540);
      g.quadraticCurveTo(258, 558, 266, 574);
      g.lineTo(232, 562);
      g.quadraticCurveTo(168, 580, 112, 558);
    },
  );
  for (let k = 0; k < 4; k++)
    line(g, 'rgb(80 36 14 / 0.7)', 3, () => {
      g.moveTo(146 + k * 20, 545);
      g.lineTo(154 + k * 20, 568);
    });
  oval(g, '#2a1408', 130, 554, 2.6);
  oval(g, '#f7dd5c', 96, 562, 17, 9, -0.3);
  oval(g, '#fff3a8', 96, 561, 12, 6, -0.3);
  shape(g, 'rgb(255 250 230 / 0.24)', () => g.roundRect(400, 476, 62, 94, [4, 4, 14, 14]));
  shape(g, '#f3c55b', () => g.roundRect(404, 510, 54, 56, [2, 2, 11, 11]));
  oval(g, '#fff0b8', 431, 510, 27, 5);
  line(g, 'rgb(255 255 255 / 0.6)', 3, () => {
    g.moveTo(410, 486);
    g.lineTo(412, 554);
  });
  words(g, 'Dinner on the\nharbour wall', 38, 92, {
    size: 62,
    weight: 900,
    tracking: -0.04,
    leading: 1.02,
    shadow: 'rgb(20 10 50 / 0.5)',
  });
  labels(g, '€14, wine included', 40, 212, { size: 30, ground: '#ffd58a', color: '#3a1f45', weight: 700 });
  grain(g, W, H, 0.12);
};
