// Sunrise over hills, and someone who has started running.
import { at, fade, glow, line, linear, mix, oval, ridge, seg, tint } from './brush.mjs';
import { pill, words } from './type.mjs';

const W = 360;
const H = 640;

/** @param {number} x @param {number} phase @param {number} base @param {number} rise */
const wave = (x, phase, base, rise) => base - rise * (Math.sin(x / 97 + phase) + 0.5 * Math.sin(x / 41 + phase * 1.7) + 0.25 * Math.sin(x / 23 + phase * 2.3));

/** A runner seen from the side, facing right; the feet are at 0, 0. @param {import('./brush.mjs').G} g @param {number} cycle @param {string} ink */
const runner = (g, cycle, ink) => {
  const bob = Math.abs(Math.sin(cycle)) * 3;
  const hip = { x: 0, y: -37 - bob };
  const neck = { x: 8, y: -66 - bob };
  /** @param {{ x: number, y: number }} from @param {number} a @param {number} la @param {number} b @param {number} lb @param {number} w */
  const limb = (from, a, la, b, lb, w, foot = 0) => {
    const knee = { x: from.x + Math.sin(a) * la, y: from.y + Math.cos(a) * la };
    const end = { x: knee.x + Math.sin(b) * lb, y: knee.y + Math.cos(b) * lb };
    line(g, ink, w, () => {
      g.moveTo(from.x, from.y);
      g.lineTo(knee.x, knee.y);
      g.lineTo(end.x, end.y);
      if (foot) g.lineTo(end.x + Math.cos(b) * foot, end.y - Math.sin(b) * foot * 0.7);
    });
  };
  for (const side of [Math.PI, 0]) {
    const swing = Math.sin(cycle + side);
    const thigh = swing * 0.85 + 0.15;
    const lift = Math.max(0, Math.cos(cycle + side)) * 1.25 + 0.18;
    limb(hip, thigh, 19, thigh - lift, 19, 6.4, 6);
    const arm = -swing * 0.8;
    limb({ x: neck.x - 1, y: neck.y + 4 }, arm - 0.15, 13, arm + 1.35, 12, 4.6);
  }
  line(g, ink, 11.5, () => {
    g.moveTo(hip.x + 0.5, hip.y - 2);
    g.lineTo(neck.x - 1.5, neck.y + 5);
  });
  oval(g, ink, neck.x + 4.5, neck.y - 9, 7.2, 7.8);
  // A ponytail that follows the step.
  line(g, ink, 4, () => {
    g.moveTo(neck.x - 1, neck.y - 11);
    g.quadraticCurveTo(neck.x - 9, neck.y - 10 - Math.sin(cycle * 2) * 3, neck.x - 13, neck.y - 3 - Math.sin(cycle * 2) * 4);
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
  glow(g, 226, sun, 330, [[0, 'rgb(255 236 190 / 0.85)'], [0.25, 'rgb(255 200 130 / 0.4)'], [1, 'rgb(255 180 120 / 0)']]);
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
  ridge(g, linear(g, 0, 470, 0, 640, [[0, tint('#35234f', '#5c3a63', dawn)], [1, '#1d1433']]), W, H, (x) => wave(x, 5.2 + run * 0.24, 498, 9));

  const ground = (/** @type {number} */ x) => 548 - 7 * Math.sin(x / 70 + run * 0.55) - 3 * Math.sin(x / 31 + run * 1.1);
  // Mist in the valley sets the runner off from the hills.
  glow(g, 150, 490, 190, [[0, `rgb(255 190 140 / ${0.5 + dawn * 0.2})`], [0.6, 'rgb(255 180 130 / 0.22)'], [1, 'rgb(255 180 130 / 0)']]);
  // Poplars pass by between the hills and the path.
  for (let i = 0; i < 7; i++) {
    const x = ((((i * 97 + (i % 3) * 31 - run * 42) % 560) + 560) % 560) - 60;
    const tall = 46 + (i % 3) * 17;
    oval(g, tint('#3a2550', '#6b4468', dawn), x, 540 - tall / 2, 8 + (i % 2) * 3, tall / 2 + 8);
  }
  ridge(g, linear(g, 0, 540, 0, 640, [[0, '#251739'], [1, '#0f0a1f']]), W, H, ground);
  line(g, tint('#e98f6b', '#ffcf8f', dawn), 1.6, () => {
    for (let x = 0; x <= W; x += 4) g.lineTo(x, ground(x));
  });
  at(g, 150, ground(150) + 2, 0.03, () => runner(g, t * 7 * Math.PI * 2 * 1.35, '#150c26'), 2.05);
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
  const days = [['Day 1: eight minutes', 0.02, 0.34], ['Day 12: no more walking', 0.36, 0.66], ['Day 30: five kilometres', 0.68, 1.2]];
  for (const [text, from, to] of days)
    pill(g, text, 26, 228, { size: 15, ground: 'rgb(30 12 50 / 0.42)', alpha: seg(t, from, from + 0.05) * (1 - seg(t, to - 0.04, to)) });
};

/** @type {import('./brush.mjs').Scene} */
export const dawnRun = { width: W, height: H, frames: [frame], at: 0.78 };
