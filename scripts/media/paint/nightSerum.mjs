// A dropper bottle that turns on a stone.
import { fade, glow, inside, line, linear, oval, rng, round, seg, shape } from './brush.mjs';
import { words } from './type.mjs';

const S = 360;
const cx = 252;
const radius = 52;

/** The label, flat; it is wrapped round the bottle strip by strip. */
const label = () => {
  const flat = document.createElement('canvas');
  flat.width = 1000;
  flat.height = 240;
  const g = flat.getContext('2d');
  if (!g) throw new Error('This browser has no 2D canvas.');
  g.fillStyle = '#f3ead9';
  g.fillRect(0, 0, 1000, 240);
  for (let i = 0; i < 2; i++) {
    const x = i * 500 + 150;
    words(g, 'night', x, 84, { size: 62, color: '#20342f', weight: 700 });
    words(g, 'serum', x, 140, { size: 62, color: '#20342f', weight: 700 });
    g.fillStyle = '#b9803c';
    g.fillRect(x + 2, 166, 60, 5);
    words(g, '30 ml', x + 2, 208, { size: 28, color: '#5d6a60', weight: 500, tracking: 0 });
    oval(g, '#c89150', x + 262, 96, 42);
    oval(g, '#f3ead9', x + 280, 86, 38);
  }
  return flat;
};
/** @type {HTMLCanvasElement | undefined} */
let wrap;

/** @type {import('./brush.mjs').Frame} */
const frame = (g, t) => {
  wrap ??= label();
  g.fillStyle = linear(g, 0, 0, S, S, [
    [0, '#0d2a29'],
    [0.5, '#17423d'],
    [1, '#081a1c'],
  ]);
  g.fillRect(0, 0, S, S);
  glow(g, cx, 150, 230, [
    [0, 'rgb(120 205 175 / 0.42)'],
    [0.5, 'rgb(70 150 130 / 0.14)'],
    [1, 'rgb(20 60 55 / 0)'],
  ]);
  const random = rng(3);
  for (let i = 0; i < 16; i++) {
    const x = random() * S;
    const y = (random() * S - t * 40 * (0.4 + random()) + S) % S;
    const r = 3 + random() * 12;
    glow(g, x, y, r, [
      [0, `rgb(200 245 225 / ${0.05 + random() * 0.12})`],
      [0.8, 'rgb(200 245 225 / 0.04)'],
      [1, 'rgb(200 245 225 / 0)'],
    ]);
  }

  oval(g, '#0a1f1f', cx, 330, 118, 26);
  g.fillStyle = linear(g, cx - 104, 0, cx + 104, 0, [
    [0, '#2c4541'],
    [0.35, '#7d978c'],
    [0.6, '#52706a'],
    [1, '#142a2a'],
  ]);
  g.fillRect(cx - 104, 308, 208, 60);
  oval(
    g,
    linear(g, cx - 104, 290, cx + 104, 326, [
      [0, '#8fa99c'],
      [0.5, '#b7cbbd'],
      [1, '#54736c'],
    ]),
    cx,
    308,
    104,
    19,
  );
  g.save();
  g.filter = 'blur(4px)';
  oval(g, 'rgb(5 20 20 / 0.55)', cx + 10, 310, 66, 9);
  g.restore();

  const body = () => {
    g.moveTo(cx - radius, 176);
    g.quadraticCurveTo(cx - radius, 148, cx - 22, 142);
    g.lineTo(cx + 22, 142);
    g.quadraticCurveTo(cx + radius, 148, cx + radius, 176);
    g.lineTo(cx + radius, 296);
    g.quadraticCurveTo(cx + radius, 310, cx + radius - 12, 311);
    g.quadraticCurveTo(cx, 316, cx - radius + 12, 311);
    g.quadraticCurveTo(cx - radius, 310, cx - radius, 296);
  };
  shape(
    g,
    linear(g, cx - radius, 0, cx + radius, 0, [
      [0, '#4a1f08'],
      [0.18, '#b3621c'],
      [0.42, '#e59a3d'],
      [0.7, '#8a4210'],
      [1, '#2c1204'],
    ]),
    body,
  );
  inside(g, body, () => {
    const turn = -2.3 * (1 - t) ** 1.6;
    const texture = /** @type {HTMLCanvasElement} */ (wrap);
    for (let x = -radius; x < radius; x += 0.5) {
      const angle = Math.asin(x / radius) + turn;
      const u = ((((angle / (2 * Math.PI)) * 1000 + 240) % 1000) + 1000) % 1000;
      const bend = Math.sqrt(1 - (x / radius) ** 2) * 5;
      g.drawImage(texture, Math.min(u, 998), 0, 2, 240, cx + x, 193 + bend, 0.9, 86);
    }
    g.fillStyle = linear(g, cx - radius, 0, cx + radius, 0, [
      [0, 'rgb(20 8 0 / 0.72)'],
      [0.3, 'rgb(20 8 0 / 0)'],
      [0.62, 'rgb(20 8 0 / 0.05)'],
      [1, 'rgb(10 4 0 / 0.82)'],
    ]);
    g.fillRect(cx - radius, 140, 2 * radius, 180);
  });
  round(g, 'rgb(255 244 220 / 0.5)', cx - 34, 164, 6, 136, 3);
  round(g, 'rgb(255 244 220 / 0.2)', cx + 34, 172, 3, 120, 2);

  const metal = linear(g, cx - 24, 0, cx + 24, 0, [
    [0, '#3a2a14'],
    [0.25, '#e9cf9b'],
    [0.5, '#a67c3b'],
    [0.8, '#f3dfb4'],
    [1, '#3f2d15'],
  ]);
  round(g, metal, cx - 24, 112, 48, 32, 4);
  for (let i = -4; i <= 4; i++)
    line(g, 'rgb(50 32 8 / 0.3)', 1, () => {
      const x = cx + Math.sin(((i + ((t * 6) % 1)) / 9) * Math.PI) * 23;
      g.moveTo(x, 115);
      g.lineTo(x, 141);
    });
  round(
    g,
    linear(g, cx - 15, 0, cx + 15, 0, [
      [0, '#101a1a'],
      [0.35, '#45605a'],
      [1, '#0a1212'],
    ]),
    cx - 14,
    56,
    28,
    58,
    [14, 14, 3, 3],
  );

  const sweep = seg(t, 0.25, 0.7);
  inside(g, body, () =>
    fade(g, Math.sin(sweep * Math.PI) * 0.5, () => {
      g.fillStyle = linear(g, cx - 110 + sweep * 180, 0, cx - 50 + sweep * 180, 30, [
        [0, 'rgb(255 255 255 / 0)'],
        [0.5, 'rgb(255 255 255 / 0.9)'],
        [1, 'rgb(255 255 255 / 0)'],
      ]);
      g.fillRect(cx - radius, 140, 2 * radius, 180);
    }),
  );

  words(g, 'One', 24, 122, { size: 50, weight: 800, color: '#f4ecdc' });
  words(g, 'bottle.', 24, 170, { size: 50, weight: 800, color: '#f4ecdc' });
  words(g, 'That is the', 26, 212, { size: 25, weight: 600, color: '#e7bf7e', alpha: seg(t, 0.12, 0.24), tracking: -0.015 });
  words(g, 'routine.', 26, 241, { size: 25, weight: 600, color: '#e7bf7e', alpha: seg(t, 0.2, 0.32), tracking: -0.015 });
};

/** @type {import('./brush.mjs').Scene} */
export const nightSerum = { width: S, height: S, frames: [frame], at: 1 };
