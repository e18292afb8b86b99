// A pour-over in window light.
import { fade, glow, inside, line, linear, mix, oval, round, seg, shape } from './brush.mjs';
import { labels, pill } from './type.mjs';

const W = 360;
const H = 640;
const cx = 184;

/** The outline of the glass, from its neck to the table. @param {import('./brush.mjs').G} g */
const glass = (g) => {
  g.moveTo(cx - 30, 398);
  g.lineTo(cx + 30, 398);
  g.bezierCurveTo(cx + 34, 440, cx + 92, 470, cx + 92, 528);
  g.quadraticCurveTo(cx + 92, 552, cx + 66, 552);
  g.lineTo(cx - 66, 552);
  g.quadraticCurveTo(cx - 92, 552, cx - 92, 528);
  g.bezierCurveTo(cx - 92, 470, cx - 34, 440, cx - 30, 398);
};

/** @type {import('./brush.mjs').Frame} */
const frame = (g, t) => {
  g.fillStyle = linear(g, 0, 0, W, H, [
    [0, '#e9c7a0'],
    [0.55, '#d9a678'],
    [1, '#b97b52'],
  ]);
  g.fillRect(0, 0, W, H);
  // Light through a window, moving as slowly as a morning.
  const drift = t * 16;
  g.save();
  g.transform(1, 0.26, -0.36, 1, 150 + drift, -30);
  for (const [x, y] of [
    [0, 60],
    [92, 60],
    [0, 200],
    [92, 200],
  ]) {
    g.filter = 'blur(5px)';
    g.fillStyle = 'rgb(255 240 208 / 0.62)';
    g.fillRect(x ?? 0, y ?? 0, 82, 128);
  }
  g.restore();
  fade(g, 0.16, () => {
    g.save();
    g.filter = 'blur(4px)';
    for (let i = 0; i < 9; i++) {
      const sway = Math.sin(t * 5 + i) * 3;
      oval(g, '#6b3a1e', 30 + i * 13 + sway, 330 - i * 25, 8, 30, 0.9 - i * 0.16);
      oval(g, '#6b3a1e', 66 + i * 13 + sway, 352 - i * 25, 8, 30, -0.5 - i * 0.1);
    }
    g.restore();
  });

  g.fillStyle = linear(g, 0, 520, 0, H, [
    [0, '#8a5433'],
    [0.08, '#75432a'],
    [1, '#4a2718'],
  ]);
  g.fillRect(0, 520, W, H - 520);
  for (let i = 0; i < 7; i++)
    line(g, 'rgb(40 18 8 / 0.16)', 1.2, () => {
      g.moveTo(0, 534 + i * 17);
      g.bezierCurveTo(120, 530 + i * 18, 220, 541 + i * 16, W, 535 + i * 18);
    });
  g.save();
  g.filter = 'blur(7px)';
  oval(g, 'rgb(30 12 4 / 0.5)', cx - 40, 556, 130, 12);
  g.restore();

  const level = mix(516, 462, seg(t, -0.1, 1.05));
  inside(g, glass, () => {
    g.fillStyle = linear(g, cx - 92, 0, cx + 92, 0, [
      [0, 'rgb(255 255 255 / 0.34)'],
      [0.4, 'rgb(255 255 255 / 0.1)'],
      [1, 'rgb(255 255 255 / 0.28)'],
    ]);
    g.fillRect(0, 380, W, 200);
    g.fillStyle = linear(g, cx - 92, level, cx + 92, 552, [
      [0, '#5b2a12'],
      [0.45, '#2e130a'],
      [0.8, '#6d3415'],
      [1, '#8c4a1e'],
    ]);
    g.fillRect(0, level, W, 120);
    oval(g, '#8a4a22', cx, level, 92, 5);
    const ring = (t * 9) % 1;
    fade(g, 1 - ring, () => line(g, '#c98a52', 1.4, () => g.ellipse(cx, level, 6 + ring * 30, 1 + ring * 3, 0, 0, 7)));
    line(g, '#4a2210', 2.6, () => {
      g.moveTo(cx, 392);
      g.lineTo(cx + Math.sin(t * 40) * 0.5, level);
    });
  });
  line(g, 'rgb(255 255 255 / 0.62)', 1.6, glass);
  line(g, 'rgb(255 255 255 / 0.75)', 4, () => {
    g.moveTo(cx - 74, 528);
    g.bezierCurveTo(cx - 74, 496, cx - 60, 480, cx - 44, 462);
  });
  line(g, 'rgb(255 255 255 / 0.3)', 7, () => {
    g.moveTo(cx + 72, 534);
    g.bezierCurveTo(cx + 74, 500, cx + 60, 484, cx + 50, 472);
  });

  shape(
    g,
    linear(g, cx - 70, 0, cx + 70, 0, [
      [0, '#f7efe4'],
      [0.45, '#ffffff'],
      [1, '#d8c6b3'],
    ]),
    () => {
      g.moveTo(cx - 76, 304);
      g.lineTo(cx + 76, 304);
      g.lineTo(cx + 26, 384);
      g.lineTo(cx - 26, 384);
    },
  );
  for (let i = -3; i <= 3; i++)
    line(g, 'rgb(150 118 90 / 0.28)', 2, () => {
      g.moveTo(cx + i * 20, 310);
      g.lineTo(cx + i * 7, 381);
    });
  round(
    g,
    linear(g, cx - 46, 0, cx + 46, 0, [
      [0, '#efe3d4'],
      [0.4, '#fffaf2'],
      [1, '#c9b39c'],
    ]),
    cx - 46,
    384,
    92,
    13,
    6,
  );
  oval(g, '#efe2d2', cx, 304, 76, 11);
  oval(g, '#4b2414', cx, 307, 64, 7.5);
  oval(g, '#7a4322', cx + Math.cos(t * 9) * 24, 306.5 + Math.sin(t * 9) * 2, 22, 3.6);

  // The kettle's stream circles, as it should.
  const px = cx + Math.cos(t * 9) * 24;
  const spout = { x: cx + 88 + Math.cos(t * 9) * 8, y: 236 };
  line(
    g,
    linear(g, 0, 236, 0, 306, [
      [0, 'rgb(255 255 255 / 0.85)'],
      [1, 'rgb(225 240 245 / 0.6)'],
    ]),
    3,
    () => {
      g.moveTo(spout.x, spout.y);
      g.quadraticCurveTo(px + 6, 240, px, 305);
    },
  );
  line(g, '#2d2320', 9, () => {
    g.moveTo(W + 20, 330);
    g.bezierCurveTo(spout.x + 50, 330, spout.x + 62, 232, spout.x, spout.y);
  });
  line(g, 'rgb(255 230 200 / 0.35)', 2, () => {
    g.moveTo(W + 20, 326);
    g.bezierCurveTo(spout.x + 48, 326, spout.x + 60, 230, spout.x + 2, spout.y - 3);
  });

  for (let i = 0; i < 5; i++) {
    const life = (t * 1.6 + i / 5) % 1;
    const x = cx - 34 + i * 15;
    for (let k = 0; k < 9; k++) {
      const y = 292 - life * 150 - k * 9;
      const sway = Math.sin(y / 26 + i * 2 + t * 7) * (6 + life * 12);
      const alpha = 0.3 * Math.sin(life * Math.PI) * (1 - k / 10);
      glow(g, x + sway, y, 17 + life * 16, [
        [0, `rgb(255 250 240 / ${alpha})`],
        [1, 'rgb(255 250 240 / 0)'],
      ]);
    }
  }

  labels(g, 'POV: three minutes', 180, 110, { size: 27, align: 'center', color: '#2b160c', ground: '#fffaf2' });
  labels(g, 'without your phone', 180, 149, { size: 27, align: 'center', color: '#2b160c', ground: '#fffaf2', alpha: seg(t, -0.02, 0.06) });
  const left = Math.round(mix(180, 9, t));
  pill(g, `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`, 180, 182, {
    size: 16,
    align: 'center',
    ground: 'rgb(60 28 12 / 0.62)',
  });
};

/** @type {import('./brush.mjs').Scene} */
export const slowCoffee = { width: W, height: H, frames: [frame], at: 0.4 };
