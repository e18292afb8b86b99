// Sunrise over hills, and someone who has started running.
import { at, fade, glow, line, linear, mix, oval, ridge, seg, shape, tint } from './brush.mjs';
import { pill, words } from './type.mjs';

/** @typedef {import('./brush.mjs').G} G */
/** @typedef {{ x: number, y: number }} Joint */

const W = 360;
const H = 640;

/** @param {number} x @param {number} phase @param {number} base @param {number} rise */
const wave = (x, phase, base, rise) =>
  base - rise * (Math.sin(x / 97 + phase) + 0.5 * Math.sin(x / 41 + phase * 1.7) + 0.25 * Math.sin(x / 23 + phase * 2.3));

/** A tapered stroke between two joints. @param {G} g @param {string} ink @param {Joint} from @param {Joint} to @param {number} wide @param {number} narrow */
const bone = (g, ink, from, to, wide, narrow) => {
  const turn = Math.atan2(to.y - from.y, to.x - from.x);
  const [nx, ny] = [Math.sin(turn) / 2, -Math.cos(turn) / 2];
  oval(g, ink, from.x, from.y, wide / 2);
  oval(g, ink, to.x, to.y, narrow / 2);
  shape(g, ink, () => {
    g.moveTo(from.x + nx * wide, from.y + ny * wide);
    g.lineTo(to.x + nx * narrow, to.y + ny * narrow);
    g.lineTo(to.x - nx * narrow, to.y - ny * narrow);
    g.lineTo(from.x - nx * wide, from.y - ny * wide);
  });
};

/** @param {Joint} from @param {number} turn @param {number} length @returns {Joint} */
const reach = (from, turn, length) => ({ x: from.x + Math.sin(turn) * length, y: from.y + Math.cos(turn) * length });

/** A runner seen from the side, facing right; the feet are at 0, 0. @param {G} g @param {number} cycle */
const runner = (g, cycle) => {
  const near = '#1a1030';
  const far = '#35203f';
  const bob = Math.abs(Math.sin(cycle)) * 3;
  const hip = { x: 0, y: -41 - bob };
  const chest = { x: 6, y: -63 - bob };
  for (const [side, ink] of /** @type {[number, string][]} */ ([
    [Math.PI, far],
    [0, near],
  ])) {
    const swing = Math.sin(cycle + side);
    const thigh = swing * 0.8 + 0.18;
    const shin = thigh - Math.max(0, Math.cos(cycle + side)) * 1.3 - 0.15;
    const knee = reach(hip, thigh, 20);
    const ankle = reach(knee, shin, 19);
    bone(g, ink, hip, knee, 10.5, 7);
    bone(g, ink, knee, ankle, 7, 4);
    bone(g, ink, ankle, { x: ankle.x + Math.cos(shin) * 7, y: ankle.y - Math.sin(shin) * 5 + 0.6 }, 5, 3.4);
    const shoulder = { x: chest.x + 0.5, y: chest.y + 1 };
    const elbow = reach(shoulder, -swing * 0.85 - 0.2, 13);
    const hand = reach(elbow, -swing * 0.85 + 1.25, 12);
    if (ink === near) {
      // The trunk lies between the far limbs and the near arm.
      bone(g, '#d9573f', chest, { x: hip.x + 1, y: hip.y - 6 }, 13.5, 10);
      bone(g, near, { x: hip.x + 0.5, y: hip.y - 4 }, hip, 10.5, 10.5);
      bone(g, near, chest, { x: chest.x + 4, y: chest.y - 12 }, 5, 4.6);
      oval(g, near, chest.x + 6.2, chest.y - 16.5, 6.2, 7, 0.15);
    }
    bone(g, ink, shoulder, elbow, 5.8, 4.6);
    bone(g, ink, elbow, hand, 4.6, 3.6);
  }
  // A ponytail that follows the step.
  line(g, near, 3.6, () => {
    g.moveTo(chest.x + 1.5, chest.y - 20);
    g.quadraticCurveTo(chest.x - 7, chest.y - 21 - Math.sin(cycle * 2) * 2, chest.x - 11, chest.y - 13 - Math.sin(cycle * 2) * 3);
  });
};

/** @type {import('./brush.mjs').Frame} */
const frame = (g, t) => {
  const dawn = seg(t, -0.15, 0.9);
  g.fillStyle = linear(g, 0, 0, 0, 470, [
    [0, tint('#1b2150', '#3f6fb5', dawn)],
    [0.45, tint('#6a3f7c', '#f2a37c', dawn)],
    [0.8, tint('#d8636a', '#ffd08a', dawn)],
    [1, tint('#f09a6c', '#ffeebf', dawn)],
  ]);
  g.fillRect(0, 0, W, H);
  const sun = mix(470, 318, dawn);
  glow(g, 226, sun, 330, [
    [0, 'rgb(255 236 190 / 0.85)'],
    [0.25, 'rgb(255 200 130 / 0.4)'],
    [1, 'rgb(255 180 120 / 0)'],
  ]);
  oval(g, '#fff3d2', 226, sun, 44);

  fade(g, 0.75 * seg(t, 0.2, 0.5), () => {
    for (let i = 0; i < 5; i++) {
      const x = -40 + t * 260 + i * 22 + (i % 2) * 9;
      const y = 322 - t * 20 + Math.abs(i - 2) * 8;
      const flap = Math.sin(t * 60 + i * 1.3) * 3;
      line(g, '#5a3350', 1.6, () => {
        g.moveTo(x - 6, y - flap);
        g.quadraticCurveTo(x - 2, y - 2, x, y);
        g.quadraticCurveTo(x + 2, y - 2, x + 6, y - flap);
      });
    }
  });

  const run = t * 7;
  ridge(g, tint('#8d5a86', '#dd9a86', dawn), W, H, (x) => wave(x, 0.4 + run * 0.03, 404, 17));
  ridge(g, tint('#6c4376', '#b97a83', dawn), W, H, (x) => wave(x, 2.1 + run * 0.07, 430, 15));
  ridge(g, tint('#4c3163', '#8a5a78', dawn), W, H, (x) => wave(x, 3.6 + run * 0.13, 462, 13));
  ridge(
    g,
    linear(g, 0, 470, 0, 640, [
      [0, tint('#35234f', '#5c3a63', dawn)],
      [1, '#1d1433'],
    ]),
    W,
    H,
    (x) => wave(x, 5.2 + run * 0.24, 498, 9),
  );

  const ground = (/** @type {number} */ x) => 548 - 7 * Math.sin(x / 70 + run * 0.55) - 3 * Math.sin(x / 31 + run * 1.1);
  // Mist in the valley sets the runner off from the hills.
  glow(g, 150, 490, 190, [
    [0, `rgb(255 190 140 / ${0.5 + dawn * 0.2})`],
    [0.6, 'rgb(255 180 130 / 0.22)'],
    [1, 'rgb(255 180 130 / 0)'],
  ]);
  // Poplars pass by between the hills and the path.
  for (let i = 0; i < 7; i++) {
    const x = ((((i * 97 + (i % 3) * 31 - run * 42) % 560) + 560) % 560) - 60;
    const tall = 46 + (i % 3) * 17;
    oval(g, tint('#3a2550', '#6b4468', dawn), x, 540 - tall / 2, 8 + (i % 2) * 3, tall / 2 + 8);
  }
  ridge(
    g,
    linear(g, 0, 540, 0, 640, [
      [0, '#251739'],
      [1, '#0f0a1f'],
    ]),
    W,
    H,
    ground,
  );
  line(g, tint('#e98f6b', '#ffcf8f', dawn), 1.6, () => {
    for (let x = 0; x <= W; x += 4) g.lineTo(x, ground(x));
  });
  at(g, 150, ground(150) + 2, 0.03, () => runner(g, t * 7 * Math.PI * 2 * 1.35), 1.85);
  for (let i = 0; i < 26; i++) {
    const x = ((((i * 61 - run * 150) % 420) + 420) % 420) - 30;
    const y = 606 + (i % 4) * 12;
    line(g, '#0b0718', 2.4, () => {
      g.moveTo(x, y + 30);
      g.quadraticCurveTo(x - 3, y, x - 11 - (i % 3) * 4, y - 20 - (i % 5) * 5);
    });
  }

  const shadow = 'rgb(40 10 50 / 0.45)';
  words(g, 'Your first', 26, 104, { size: 43, shadow, alpha: seg(t, -0.05, 0.03) });
  words(g, '30 days', 25, 162, { size: 65, weight: 900, color: '#ffe9b8', shadow, alpha: seg(t, -0.03, 0.06), tracking: -0.035 });
  words(g, 'of running', 26, 206, { size: 43, shadow, alpha: seg(t, -0.01, 0.09) });
  /** @type {[string, number, number][]} */
  const days = [
    ['Day 1: eight minutes', 0.02, 0.34],
    ['Day 12: no more walking', 0.36, 0.66],
    ['Day 30: five kilometres', 0.68, 1.2],
  ];
  for (const [text, from, to] of days)
    pill(g, text, 26, 228, { size: 15, ground: 'rgb(30 12 50 / 0.42)', alpha: seg(t, from, from + 0.05) * (1 - seg(t, to - 0.04, to)) });
};

/** @type {import('./brush.mjs').Scene} */
export const dawnRun = { width: W, height: H, frames: [frame], at: 0.78 };
