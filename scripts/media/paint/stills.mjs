// Three single pictures.
import { at, fade, glow, grain, inside, line, linear, oval, rng, round, shape } from './brush.mjs';
import { labels, pill, words } from './type.mjs';

/** @typedef {import('./brush.mjs').G} G */

/** @param {G} g */
const honey = (g) => {
  const W = 540;
  const H = 960;
  g.fillStyle = linear(g, 0, 0, 0, H, [[0, '#f6c453'], [0.4, '#fbe3a1'], [0.62, '#f3b04a'], [1, '#7a3d0c']]);
  g.fillRect(0, 0, W, H);
  glow(g, 360, 380, 460, [[0, 'rgb(255 250 225 / 0.95)'], [0.3, 'rgb(255 236 170 / 0.55)'], [1, 'rgb(255 220 120 / 0)']]);
  const random = rng(21);
  for (const [base, color, low, high] of /** @type {[number, string, number, number][]} */ ([[640, '#e3a549', 60, 190], [680, '#c67f30', 50, 150], [720, '#9c5a1f', 30, 110]])) {
    for (let x = -20; x < W; ) {
      const w = 34 + random() * 56;
      const h = low + random() * (high - low);
      g.fillStyle = color;
      g.fillRect(x, base - h, w, H);
      if (random() > 0.5) g.fillRect(x + w * 0.3, base - h - 18, 10, 20);
      g.fillStyle = 'rgb(255 240 190 / 0.35)';
      for (let r = 0; r < h / 26 - 1; r++) for (let c = 0; c < w / 16 - 1; c++) if (random() > 0.45) g.fillRect(x + 8 + c * 15, base - h + 14 + r * 26, 6, 10);
      x += w + 3;
    }
  }
  g.fillStyle = linear(g, 0, 770, 0, H, [[0, '#8a4a16'], [1, '#3c1a05']]);
  g.fillRect(0, 770, W, 200);
  g.fillStyle = '#b56a26';
  g.fillRect(0, 766, W, 7);
  g.save();
  g.filter = 'blur(12px)';
  oval(g, 'rgb(40 14 0 / 0.55)', 250, 868, 190, 22);
  g.restore();
  glow(g, 250, 880, 190, [[0, 'rgb(255 190 70 / 0.5)'], [1, 'rgb(255 190 70 / 0)']]);

  const jar = () => g.roundRect(134, 520, 272, 346, [46, 46, 40, 40]);
  shape(g, linear(g, 134, 520, 406, 866, [[0, '#ffd36b'], [0.4, '#f7a620'], [0.75, '#d87708'], [1, '#9b4a02']]), jar);
  inside(g, jar, () => {
    glow(g, 330, 620, 210, [[0, 'rgb(255 248 200 / 0.95)'], [0.5, 'rgb(255 214 90 / 0.5)'], [1, 'rgb(255 190 60 / 0)']]);
    g.fillStyle = 'rgb(255 250 230 / 0.5)';
    g.fillRect(134, 520, 272, 34);
    oval(g, 'rgb(255 240 190 / 0.75)', 270, 554, 140, 10);
    for (let i = 0; i < 26; i++) oval(g, 'rgb(255 250 220 / 0.5)', 150 + random() * 240, 570 + random() * 280, 1.5 + random() * 3.5);
    round(g, 'rgb(255 255 255 / 0.55)', 152, 556, 13, 262, 7);
    round(g, 'rgb(120 50 0 / 0.25)', 384, 560, 14, 270, 7);
  });
  line(g, 'rgb(255 244 210 / 0.8)', 3, jar);
  round(g, linear(g, 150, 0, 390, 0, [[0, '#6f3a10'], [0.3, '#e4ac5b'], [0.6, '#b47428'], [1, '#5b2b08']]), 148, 462, 244, 62, 14);
  for (let i = 0; i < 22; i++) {
    g.fillStyle = 'rgb(60 25 0 / 0.2)';
    g.fillRect(158 + i * 10.4, 470, 2.5, 46);
  }
  round(g, '#fff8e6', 178, 628, 184, 158, 12);
  /** @param {number} x @param {number} y @param {number} r */
  const cell = (x, y, r, fill = '') => {
    const path = () => {
      for (let k = 0; k < 6; k++) g.lineTo(x + r * Math.cos((k * Math.PI) / 3 + Math.PI / 6), y + r * Math.sin((k * Math.PI) / 3 + Math.PI / 6));
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
  for (const [x, y, turn] of /** @type {[number, number, number][]} */ ([[438, 470, -0.4], [84, 560, 0.5], [466, 660, 0.2]]))
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

/** @param {G} g */
const ceramics = (g) => {
  const S = 600;
  g.fillStyle = linear(g, 0, 0, S, S, [[0, '#e7d5c3'], [0.6, '#d7b79b'], [1, '#c29675']]);
  g.fillRect(0, 0, S, S);
  g.save();
  g.filter = 'blur(3px)';
  shape(g, linear(g, 0, 90, 0, 470, [[0, '#b8563a'], [1, '#cf7a54']]), () => g.roundRect(292, 96, 244, 420, [122, 122, 0, 0]));
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
  g.fillStyle = linear(g, 0, 470, 0, S, [[0, '#f0e2d0'], [1, '#cfae90']]);
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
    shape(g, linear(g, x - wide, 0, x + wide, 0, [[0, body], [0.25, light], [0.6, body], [1, dark]]), path);
    inside(g, path, () => {
      const random = rng(Math.round(x));
      for (let i = 0; i < 150; i++) oval(g, `rgb(60 34 20 / ${0.1 + random() * 0.25})`, x - wide + random() * 2 * wide, base - random() * 340, 0.6 + random() * 1.2);
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
  pot(404, 520, [[54, 0], [92, 90], [96, 140], [44, 214], [26, 240], [34, 280]], ['#f7ecdc', '#e2ccb2', '#a9835f']);
  pot(522, 540, [[40, 0], [56, 40], [58, 74], [50, 104]], ['#6f8a86', '#4c6967', '#28403f']);
  pot(268, 552, [[34, 0], [72, 34], [86, 78]], ['#d98d63', '#b9603c', '#743018']);
  words(g, 'Made\nslowly.', 44, 108, { size: 70, weight: 900, color: '#4a2114', tracking: -0.035, leading: 0.97 });
  words(g, 'Gone\nquickly.', 44, 252, { size: 70, weight: 900, color: '#b0492c', tracking: -0.035, leading: 0.97 });
  pill(g, 'Friday, 9:00', 46, 366, { size: 20, ground: '#4a2114', color: '#f9ecdc' });
  grain(g, S, S, 0.14);
};

/** @param {G} g */
const lamp = (g) => {
  const W = 540;
  const H = 675;
  g.fillStyle = linear(g, 0, 0, W, H, [[0, '#1d2340'], [0.6, '#1a1a33'], [1, '#120f22']]);
  g.fillRect(0, 0, W, H);
  round(g, linear(g, 60, 200, 200, 440, [[0, '#31406f'], [1, '#1c2547']]), 40, 214, 150, 220, 6);
  const random = rng(8);
  for (let i = 0; i < 16; i++) oval(g, 'rgb(220 230 255 / 0.7)', 50 + random() * 130, 224 + random() * 130, 0.6 + random());
  oval(g, '#e9ecf8', 150, 262, 15);
  line(g, '#121731', 7, () => {
    g.rect(40, 214, 150, 220);
    g.moveTo(115, 214);
    g.lineTo(115, 434);
  });
  fade(g, 0.95, () =>
    shape(g, linear(g, 380, 250, 330, 640, [[0, 'rgb(255 205 120 / 0.75)'], [0.6, 'rgb(255 180 90 / 0.25)'], [1, 'rgb(255 170 80 / 0)']]), () => {
      g.moveTo(322, 262);
      g.lineTo(438, 262);
      g.lineTo(560, 675);
      g.lineTo(120, 675);
    }),
  );
  glow(g, 380, 280, 330, [[0, 'rgb(255 214 140 / 0.75)'], [0.3, 'rgb(255 180 90 / 0.28)'], [1, 'rgb(255 170 80 / 0)']]);
  // Armchair
  round(g, linear(g, 150, 380, 420, 640, [[0, '#3d2f4f'], [0.6, '#8f5148'], [1, '#7a3f37']]), 128, 366, 226, 240, [70, 60, 20, 20]);
  round(g, linear(g, 120, 480, 400, 640, [[0, '#4b3550'], [0.7, '#c37350'], [1, '#8d4a3a']]), 100, 500, 300, 112, 34);
  round(g, linear(g, 90, 460, 170, 640, [[0, '#5a3f5c'], [1, '#38263f']]), 88, 462, 66, 160, 32);
  round(g, linear(g, 330, 460, 420, 640, [[0, '#e08a58'], [1, '#7c4038']]), 346, 462, 66, 160, 32);
  g.fillStyle = '#1d1426';
  g.fillRect(110, 616, 12, 30);
  g.fillRect(378, 616, 12, 30);
  // Book, open on the seat
  at(g, 262, 500, -0.05, () => {
    shape(g, '#7b2230', () => g.roundRect(-80, -16, 160, 24, 5));
    shape(g, linear(g, -74, 0, 0, 0, [[0, '#e9cfa4'], [1, '#fff0cf']]), () => {
      g.moveTo(0, -6);
      g.bezierCurveTo(-20, -30, -56, -28, -76, -18);
      g.lineTo(-76, 0);
      g.bezierCurveTo(-50, -10, -20, -8, 0, 4);
    });
    shape(g, linear(g, 0, 0, 74, 0, [[0, '#fff6df'], [1, '#ffe3ae']]), () => {
      g.moveTo(0, -6);
      g.bezierCurveTo(20, -30, 56, -28, 76, -18);
      g.lineTo(76, 0);
      g.bezierCurveTo(50, -10, 20, -8, 0, 4);
    });
  });
  // The lamp: a stem, an arm, a shade
  line(g, '#c9a15c', 6, () => {
    g.moveTo(474, 640);
    g.lineTo(474, 210);
    g.bezierCurveTo(474, 150, 380, 150, 380, 196);
  });
  line(g, 'rgb(255 235 190 / 0.6)', 1.6, () => {
    g.moveTo(472, 636);
    g.lineTo(472, 212);
  });
  oval(g, '#8d6b35', 474, 642, 54, 10);
  shape(g, linear(g, 310, 190, 450, 270, [[0, '#f7d9a0'], [0.5, '#ffefcf'], [1, '#d79a4a']]), () => {
    g.moveTo(356, 194);
    g.lineTo(404, 194);
    g.lineTo(446, 268);
    g.lineTo(314, 268);
  });
  oval(g, '#fffbee', 380, 268, 66, 9);
  g.fillStyle = linear(g, 0, 636, 0, H, [[0, 'rgb(20 12 24 / 0)'], [1, 'rgb(10 6 16 / 0.6)']]);
  g.fillRect(0, 636, W, 40);
  labels(g, 'A lamp for reading,', 36, 88, { size: 40, color: '#2a1a10', ground: '#ffe7b8', weight: 800 });
  labels(g, 'not for scrolling', 36, 145, { size: 40, color: '#f5ecff', ground: '#4a3c78', weight: 800 });
  grain(g, W, H, 0.12);
};

/** @type {import('./brush.mjs').Scene} */
export const cityHoney = { width: 540, height: 960, frames: [honey] };
/** @type {import('./brush.mjs').Scene} */
export const slowCeramics = { width: 600, height: 600, frames: [ceramics] };
/** @type {import('./brush.mjs').Scene} */
export const readingLamp = { width: 540, height: 675, frames: [lamp] };
