// A day whose meetings stop at six.
import { at, clamp, fade, glow, inside, line, linear, mix, oval, rng, round, seg, tint } from './brush.mjs';
import { words } from './type.mjs';

const W = 360;
const H = 640;
const card = { x: 42, y: 206, w: 276, h: 392 };
/** @param {number} hour */
const top = (hour) => card.y + 62 + (hour - 14) * 40;

/** @type {{ from: number, to: number, name: string, ground: string, ink: string, leaves?: number }[]} */
const events = [
  { from: 14, to: 15, name: 'Design review', ground: '#dfe9ff', ink: '#2447a8' },
  { from: 15.25, to: 16.25, name: 'Coffee with Ana', ground: '#ffe7d1', ink: '#9a4a12' },
  { from: 16.5, to: 17.75, name: 'Write, no calls', ground: '#dcf3e6', ink: '#14693f' },
  { from: 18.25, to: 19.15, name: 'Quick sync?', ground: '#ffdde2', ink: '#a4243f', leaves: 0.3 },
  { from: 19.5, to: 20.5, name: 'Budget call', ground: '#ecdfff', ink: '#5a2ca0', leaves: 0.4 },
];

/** @type {import('./brush.mjs').Frame} */
const frame = (g, t) => {
  const dusk = seg(t, 0.1, 0.8);
  g.fillStyle = linear(g, 0, 0, 120, H, [
    [0, tint('#f7b267', '#2b1e5c', dusk)],
    [0.5, tint('#f4845f', '#5b2a6e', dusk)],
    [1, tint('#f25c54', '#c8506b', dusk)],
  ]);
  g.fillRect(0, 0, W, H);
  glow(g, mix(330, 250, dusk), mix(60, 690, dusk), 380, [
    [0, 'rgb(255 220 150 / 0.7)'],
    [1, 'rgb(255 160 120 / 0)'],
  ]);
  const random = rng(11);
  fade(g, seg(t, 0.45, 0.85), () => {
    for (let i = 0; i < 46; i++) {
      const x = random() * W;
      const y = random() * 210;
      oval(g, `rgb(255 244 220 / ${0.3 + random() * 0.6})`, x, y, 0.6 + random() * 0.9);
    }
  });

  const lift = mix(26, 0, seg(t, 0, 0.12));
  g.save();
  g.translate(0, lift);
  g.shadowColor = 'rgb(30 8 40 / 0.4)';
  g.shadowBlur = 60;
  g.shadowOffsetY = 30;
  round(g, '#fffdf9', card.x, card.y, card.w, card.h, 26);
  g.shadowColor = 'transparent';
  words(g, 'Thursday', card.x + 20, card.y + 36, { size: 20, color: '#1c1633', weight: 700 });
  words(g, '14 May', card.x + card.w - 20, card.y + 36, { size: 14, color: '#8b859b', weight: 500, align: 'right', tracking: 0 });

  for (let hour = 14; hour <= 21; hour++) {
    words(g, `${hour}:00`, card.x + 18, top(hour) + 5, { size: 11, color: '#a29cb0', weight: 500, tracking: 0 });
    line(g, '#efebe6', 1, () => {
      g.moveTo(card.x + 60, top(hour) + 1);
      g.lineTo(card.x + card.w - 16, top(hour) + 1);
    });
  }

  const calm = seg(t, 0.46, 0.68);
  inside(
    g,
    () => g.roundRect(card.x + 58, top(18) + 2, card.w - 72, (top(21.4) - top(18)) * calm, 16),
    () => {
      g.fillStyle = linear(g, 0, top(18), 0, top(21.4), [
        [0, '#39307c'],
        [0.6, '#7c4a8d'],
        [1, '#e58a7b'],
      ]);
      g.fillRect(card.x, top(18), card.w, 170);
      const stars = rng(5);
      for (let i = 0; i < 22; i++)
        oval(g, `rgb(255 250 235 / ${0.35 + stars() * 0.6})`, card.x + 66 + stars() * 200, top(18) + 8 + stars() * 90, 0.7 + stars() * 0.8);
      const moon = mix(top(20.6), top(18.75), seg(t, 0.5, 0.95));
      glow(g, card.x + 222, moon, 52, [
        [0, 'rgb(255 240 205 / 0.5)'],
        [1, 'rgb(255 240 205 / 0)'],
      ]);
      oval(g, '#fff1cf', card.x + 222, moon, 15);
      oval(g, '#4a3a82', card.x + 215, moon - 4, 13);
      oval(g, '#3a2560', card.x + 110, top(21.7), 100, 34);
      oval(g, '#2b1a4c', card.x + 240, top(21.8), 90, 34);
      words(g, 'Yours', card.x + 76, top(19.35), { size: 30, alpha: seg(t, 0.58, 0.72) });
      words(g, 'until tomorrow at nine', card.x + 77, top(19.85), {
        size: 13,
        weight: 500,
        tracking: 0,
        color: '#f1e4ff',
        alpha: seg(t, 0.64, 0.78),
      });
    },
  );

  for (const [index, event] of events.entries()) {
    const enter = seg(t, 0.02 + index * 0.03, 0.12 + index * 0.03);
    const leave = event.leaves ? clamp((t - event.leaves) / 0.16) ** 2 : 0;
    const shake = event.leaves ? Math.sin(t * 150) * 1.6 * seg(t, event.leaves - 0.08, event.leaves - 0.02) * (1 - leave) : 0;
    const height = (event.to - event.from) * 40 - 4;
    fade(g, enter * (1 - leave), () =>
      at(g, card.x + 58 + shake + leave * 260 + (1 - enter) * 18, top(event.from) + 3 - leave * 30, leave * 0.14, () => {
        round(g, event.ground, 0, 0, card.w - 74, height, 10);
        round(g, event.ink, 0, 0, 4, height, [10, 0, 0, 10]);
        words(g, event.name, 16, 22, { size: 14, weight: 600, color: event.ink, tracking: -0.01 });
      }),
    );
  }
  const edge = seg(t, 0.18, 0.28);
  line(g, '#f0473e', 2, () => {
    g.moveTo(card.x + 58, top(18) + 1);
    g.lineTo(mix(card.x + 58, card.x + card.w - 16, edge), top(18) + 1);
  });
  fade(g, edge, () => oval(g, '#f0473e', card.x + 58, top(18) + 1, 4.5));
  g.restore();

  const shadow = 'rgb(60 10 40 / 0.35)';
  words(g, 'The calendar app', 180, 82, { size: 31, align: 'center', shadow });
  words(g, 'that respects', 180, 120, { size: 31, align: 'center', shadow });
  words(g, 'your evenings', 180, 165, { size: 44, weight: 900, align: 'center', shadow, color: tint('#fffef8', '#ffd9a8', dusk) });
};

/** @type {import('./brush.mjs').Scene} */
export const eveningCalendar = { width: W, height: H, frames: [frame], at: 0.88 };
