// An armchair, a book and a lamp at night.
import { at, fade, glow, grain, line, linear, oval, rng, round, shape } from './brush.mjs';
import { labels } from './type.mjs';

/** @typedef {import('./brush.mjs').G} G */

/** @param {G} g */
const lamp = (g) => {
  const W = 540;
  const H = 675;
  g.fillStyle = linear(g, 0, 0, W, H, [
    [0, '#1d2340'],
    [0.6, '#1a1a33'],
    [1, '#120f22'],
  ]);
  g.fillRect(0, 0, W, H);
  round(
    g,
    linear(g, 60, 200, 200, 440, [
      [0, '#31406f'],
      [1, '#1c2547'],
    ]),
    40,
    214,
    150,
    220,
    6,
  );
  const random = rng(8);
  for (let i = 0; i < 16; i++) oval(g, 'rgb(220 230 255 / 0.7)', 50 + random() * 130, 224 + random() * 130, 0.6 + random());
  oval(g, '#e9ecf8', 150, 262, 15);
  line(g, '#121731', 7, () => {
    g.rect(40, 214, 150, 220);
    g.moveTo(115, 214);
    g.lineTo(115, 434);
  });
  fade(g, 0.95, () =>
    shape(
      g,
      linear(g, 380, 250, 330, 640, [
        [0, 'rgb(255 205 120 / 0.75)'],
        [0.6, 'rgb(255 180 90 / 0.25)'],
        [1, 'rgb(255 170 80 / 0)'],
      ]),
      () => {
        g.moveTo(322, 262);
        g.lineTo(438, 262);
        g.lineTo(560, 675);
        g.lineTo(120, 675);
      },
    ),
  );
  glow(g, 380, 280, 330, [
    [0, 'rgb(255 214 140 / 0.75)'],
    [0.3, 'rgb(255 180 90 / 0.28)'],
    [1, 'rgb(255 170 80 / 0)'],
  ]);
  // Armchair
  round(
    g,
    linear(g, 150, 380, 420, 640, [
      [0, '#3d2f4f'],
      [0.6, '#8f5148'],
      [1, '#7a3f37'],
    ]),
    128,
    366,
    226,
    240,
    [70, 60, 20, 20],
  );
  round(
    g,
    linear(g, 120, 480, 400, 640, [
      [0, '#4b3550'],
      [0.7, '#c37350'],
      [1, '#8d4a3a'],
    ]),
    100,
    500,
    300,
    112,
    34,
  );
  round(
    g,
    linear(g, 90, 460, 170, 640, [
      [0, '#5a3f5c'],
      [1, '#38263f'],
    ]),
    88,
    462,
    66,
    160,
    32,
  );
  round(
    g,
    linear(g, 330, 460, 420, 640, [
      [0, '#e08a58'],
      [1, '#7c4038'],
    ]),
    346,
    462,
    66,
    160,
    32,
  );
  g.fillStyle = '#1d1426';
  g.fillRect(110, 616, 12, 30);
  g.fillRect(378, 616, 12, 30);
  // Book, open on the seat
  at(g, 262, 500, -0.05, () => {
    shape(g, '#7b2230', () => g.roundRect(-80, -16, 160, 24, 5));
    shape(
      g,
      linear(g, -74, 0, 0, 0, [
        [0, '#e9cfa4'],
        [1, '#fff0cf'],
      ]),
      () => {
        g.moveTo(0, -6);
        g.bezierCurveTo(-20, -30, -56, -28, -76, -18);
        g.lineTo(-76, 0);
        g.bezierCurveTo(-50, -10, -20, -8, 0, 4);
      },
    );
    shape(
      g,
      linear(g, 0, 0, 74, 0, [
        [0, '#fff6df'],
        [1, '#ffe3ae'],
      ]),
      () => {
        g.moveTo(0, -6);
        g.bezierCurveTo(20, -30, 56, -28, 76, -18);
        g.lineTo(76, 0);
        g.bezierCurveTo(50, -10, 20, -8, 0, 4);
      },
    );
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
  shape(
    g,
    linear(g, 310, 190, 450, 270, [
      [0, '#f7d9a0'],
      [0.5, '#ffefcf'],
      [1, '#d79a4a'],
    ]),
    () => {
      g.moveTo(356, 194);
      g.lineTo(404, 194);
      g.lineTo(446, 268);
      g.lineTo(314, 268);
    },
  );
  oval(g, '#fffbee', 380, 268, 66, 9);
  g.fillStyle = linear(g, 0, 636, 0, H, [
    [0, 'rgb(20 12 24 / 0)'],
    [1, 'rgb(10 6 16 / 0.6)'],
  ]);
  g.fillRect(0, 636, W, 40);
  labels(g, 'A lamp for reading,', 36, 88, { size: 40, color: '#2a1a10', ground: '#ffe7b8', weight: 800 });
  labels(g, 'not for scrolling', 36, 145, { size: 40, color: '#f5ecff', ground: '#4a3c78', weight: 800 });
  grain(g, W, H, 0.12);
};

/** @type {import('./brush.mjs').Scene} */
export const readingLamp = { width: 540, height: 675, frames: [lamp] };
