// A jar of honey above the roofs it comes from.
import { at, glow, grain, inside, line, linear, oval, rng, round, shape } from './brush.mjs';
import { pill, words } from './type.mjs';

/** @typedef {import('./brush.mjs').G} G */

/** @param {G} g */
const honey = (g) => {
  const W = 540;
  const H = 960;
  g.fillStyle = linear(g, 0, 0, 0, H, [
    [0, '#f6c453'],
    [0.4, '#fbe3a1'],
    [0.62, '#f3b04a'],
    [1, '#7a3d0c'],
  ]);
  g.fillRect(0, 0, W, H);
  glow(g, 360, 380, 460, [
    [0, 'rgb(255 250 225 / 0.95)'],
    [0.3, 'rgb(255 236 170 / 0.55)'],
    [1, 'rgb(255 220 120 / 0)'],
  ]);
  const random = rng(21);
  for (const [base, color, low, high] of /** @type {[number, string, number, number][]} */ ([
    [640, '#e3a549', 60, 190],
    [680, '#c67f30', 50, 150],
    [720, '#9c5a1f', 30, 110],
  ])) {
    for (let x = -20; x < W; ) {
      const w = 34 + random() * 56;
      const h = low + random() * (high - low);
      g.fillStyle = color;
      g.fillRect(x, base - h, w, H);
      if (random() > 0.5) g.fillRect(x + w * 0.3, base - h - 18, 10, 20);
      g.fillStyle = 'rgb(255 240 190 / 0.35)';
      for (let r = 0; r < h / 26 - 1; r++)
        for (let c = 0; c < w / 16 - 1; c++) if (random() > 0.45) g.fillRect(x + 8 + c * 15, base - h + 14 + r * 26, 6, 10);
      x += w + 3;
    }
  }
  g.fillStyle = linear(g, 0, 770, 0, H, [
    [0, '#8a4a16'],
    [1, '#3c1a05'],
  ]);
  g.fillRect(0, 770, W, 200);
  g.fillStyle = '#b56a26';
  g.fillRect(0, 766, W, 7);
  g.save();
  g.filter = 'blur(12px)';
  oval(g, 'rgb(40 14 0 / 0.55)', 250, 868, 190, 22);
  g.restore();
  glow(g, 250, 880, 190, [
    [0, 'rgb(255 190 70 / 0.5)'],
    [1, 'rgb(255 190 70 / 0)'],
  ]);

  const jar = () => g.roundRect(134, 520, 272, 346, [46, 46, 40, 40]);
  shape(
    g,
    linear(g, 134, 520, 406, 866, [
      [0, '#ffd36b'],
      [0.4, '#f7a620'],
      [0.75, '#d87708'],
      [1, '#9b4a02'],
    ]),
    jar,
  );
  inside(g, jar, () => {
    glow(g, 330, 620, 210, [
      [0, 'rgb(255 248 200 / 0.95)'],
      [0.5, 'rgb(255 214 90 / 0.5)'],
      [1, 'rgb(255 190 60 / 0)'],
    ]);
    g.fillStyle = 'rgb(255 250 230 / 0.5)';
    g.fillRect(134, 520, 272, 34);
    oval(g, 'rgb(255 240 190 / 0.75)', 270, 554, 140, 10);
    for (let i = 0; i < 26; i++) oval(g, 'rgb(255 250 220 / 0.5)', 150 + random() * 240, 570 + random() * 280, 1.5 + random() * 3.5);
    round(g, 'rgb(255 255 255 / 0.55)', 152, 556, 13, 262, 7);
    round(g, 'rgb(120 50 0 / 0.25)', 384, 560, 14, 270, 7);
  });
  line(g, 'rgb(255 244 210 / 0.8)', 3, jar);
  round(
    g,
    linear(g, 150, 0, 390, 0, [
      [0, '#6f3a10'],
      [0.3, '#e4ac5b'],
      [0.6, '#b47428'],
      [1, '#5b2b08'],
    ]),
    148,
    462,
    244,
    62,
    14,
  );
  for (let i = 0; i < 22; i++) {
    g.fillStyle = 'rgb(60 25 0 / 0.2)';
    g.fillRect(158 + i * 10.4, 470, 2.5, 46);
  }
  round(g, '#fff8e6', 178, 628, 184, 158, 12);
  /** @param {number} x @param {number} y @param {number} r */
  const cell = (x, y, r, fill = '') => {
    const path = () => {
      for (let k = 0; k < 6; k++)
        g.lineTo(x + r * Math.cos((k * Math.PI) / 3 + Math.PI / 6), y + r * Math.sin((k * Math.PI) / 3 + Math.PI / 6));
      g.closePath();
    };
    if (fill) shape(g, fill, path);
    line(g, '#b5690f', 3, path);
  };
  cell(270, 672, 20, '#f4a91f');
  cell(235.4, 672, 20);
  cell(304.6, 672, 20);
  words(g, 'Roof No. 9', 270, 734, { size: 27, color: '#5b2b08', align: 'center', weight: 700 });
  words(g, 'July', 270, 764, { size: 20, color: '#a3641c', align: 'center', weight: 500, tracking: 0 });
  for (const [x, y, turn] of /** @type {[number, number, number][]} */ ([
    [438, 470, -0.4],
    [84, 560, 0.5],
    [466, 660, 0.2],
  ]))
    at(g, x, y, turn, () => {
      oval(g, 'rgb(255 255 255 / 0.75)', -3, -13, 8, 14, -0.5);
      oval(g, 'rgb(255 255 255 / 0.75)', 9, -12, 7, 12, 0.5);
      oval(g, '#3c1f06', 0, 0, 19, 11);
      for (const s of [-8, 1, 10]) oval(g, '#f7b52c', s, 0, 2.6, 10);
      oval(g, '#2a1402', 19, -1, 7);
    });
  words(g, 'Honey from\nnine streets\naway', 40, 136, { size: 76, weight: 900, color: '#5a2805', leading: 0.98, tracking: -0.035 });
  pill(g, '212 jars this year', 40, 322, { size: 23, color: '#fff6dc', ground: '#7a3d0c' });
  grain(g, W, H, 0.12);
};

/** @type {import('./brush.mjs').Scene} */
export const cityHoney = { width: 540, height: 960, frames: [honey] };
