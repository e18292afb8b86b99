// The train, the swim and the receipt of a weekend by the sea.
import { at, glow, grain, inside, line, linear, oval, ridge, rng, round, shape } from './brush.mjs';
import { labels, words } from './type.mjs';

const W = 540;
const H = 675;

/** @type {import('./brush.mjs').Frame} */
export const train = (g) => {
  g.fillStyle = linear(g, 0, 0, W, H, [
    [0, '#27433f'],
    [1, '#15292b'],
  ]);
  g.fillRect(0, 0, W, H);
  const pane = () => g.roundRect(46, 60, 448, 420, 44);
  inside(g, pane, () => {
    g.fillStyle = linear(g, 0, 60, 0, 300, [
      [0, '#f4b183'],
      [1, '#fde6c3'],
    ]);
    g.fillRect(0, 0, W, 500);
    glow(g, 380, 250, 220, [
      [0, 'rgb(255 250 225 / 1)'],
      [0.2, 'rgb(255 240 200 / 0.7)'],
      [1, 'rgb(255 230 180 / 0)'],
    ]);
    ridge(g, '#d99a86', W, 500, (x) => 262 - 22 * Math.sin(x / 80 + 1) - 8 * Math.sin(x / 31));
    g.fillStyle = linear(g, 0, 280, 0, 380, [
      [0, '#f6d9b0'],
      [1, '#5aa6b0'],
    ]);
    g.fillRect(0, 284, W, 120);
    for (let i = 0; i < 26; i++) round(g, 'rgb(255 250 230 / 0.6)', 300 + ((i * 53) % 170), 288 + i * 3.4, 14 + i, 1.8, 1);
    ridge(g, '#5d7f5b', W, 500, (x) => 386 - 24 * Math.sin(x / 110 + 2.4) - 6 * Math.sin(x / 27));
    for (let i = 0; i < 9; i++) {
      oval(g, '#3d6046', 30 + i * 63, 424 - (i % 3) * 10, 30, 36);
      oval(g, '#52795a', 20 + i * 63, 414 - (i % 3) * 10, 16, 20);
    }
    ridge(g, '#2f4d3c', W, 500, (x) => 444 - 8 * Math.sin(x / 60));
    g.save();
    g.transform(1, 0, -0.4, 1, 200, 0);
    g.fillStyle = 'rgb(255 255 255 / 0.12)';
    g.fillRect(0, 0, 90, 500);
    g.fillRect(120, 0, 30, 500);
    g.restore();
  });
  line(g, '#e2d3b4', 12, pane);
  line(g, 'rgb(0 0 0 / 0.25)', 3, () => g.roundRect(40, 54, 460, 432, 48));
  round(
    g,
    linear(g, 0, 512, 0, 560, [
      [0, '#b07a48'],
      [1, '#77492a'],
    ]),
    -20,
    520,
    580,
    40,
    8,
  );
  // A paper cup and a ticket on the ledge.
  shape(
    g,
    linear(g, 388, 0, 460, 0, [
      [0, '#fffaf0'],
      [0.5, '#f2e4cd'],
      [1, '#c7b08d'],
    ]),
    () => {
      g.moveTo(388, 440);
      g.lineTo(460, 440);
      g.lineTo(450, 524);
      g.lineTo(398, 524);
    },
  );
  round(g, '#3a2418', 382, 430, 84, 14, 7);
  round(g, '#c86a44', 391, 466, 66, 30, 2);
  at(g, 250, 506, -0.06, () => {
    round(g, '#fbf3df', -90, -14, 170, 30, 5);
    words(g, '07:40   window   €19', -78, 8, { size: 17, weight: 600, color: '#4b3a26', tracking: 0 });
  });
  words(g, 'Sat 7:40. Slow train,\nwindow seat.', 40, 612, { size: 38, weight: 800, color: '#fdf1d8', leading: 1.14 });
  grain(g, W, H, 0.12);
};

/** @type {import('./brush.mjs').Frame} */
export const swim = (g) => {
  g.fillStyle = linear(g, 0, 0, W * 0.7, H, [
    [0, '#0b7fa3'],
    [0.35, '#27b3bd'],
    [0.52, '#86dcd0'],
    [0.56, '#f3e3bd'],
    [1, '#e7c68d'],
  ]);
  g.fillRect(0, 0, W, H);
  const random = rng(9);
  for (let i = 0; i < 60; i++)
    line(g, 'rgb(255 255 255 / 0.13)', 1.5, () => {
      const x = random() * 380;
      const y = random() * 360 - x * 0.3;
      g.moveTo(x, y);
      g.quadraticCurveTo(x + 14, y - 6, x + 30 + random() * 20, y + 2);
    });
  for (const [shift, alpha, width] of /** @type {[number, number, number][]} */ ([
    [0, 0.95, 9],
    [-16, 0.5, 5],
    [-38, 0.3, 4],
  ]))
    line(g, `rgb(255 255 255 / ${alpha})`, width, () => {
      for (let x = -20; x <= W + 20; x += 6) g.lineTo(x, 560 + shift - x * 0.53 + 12 * Math.sin(x / 38 + shift) + 5 * Math.sin(x / 13));
    });
  for (const [x, y, r, a, b] of /** @type {[number, number, number, string, string][]} */ ([
    [420, 480, 46, '#e8583a', '#fff3df'],
    [300, 600, 42, '#1f7fa0', '#fff3df'],
    [482, 598, 38, '#f2b632', '#fff3df'],
  ])) {
    g.save();
    g.filter = 'blur(3px)';
    oval(g, 'rgb(120 80 30 / 0.4)', x + 16, y + 18, r, r * 0.95);
    g.restore();
    for (let k = 0; k < 12; k++)
      shape(g, k % 2 ? a : b, () => {
        g.moveTo(x, y);
        g.arc(x, y, r, (k * Math.PI) / 6, ((k + 1.03) * Math.PI) / 6);
      });
    oval(g, '#ffffff', x, y, 4);
  }
  at(g, 366, 566, -0.5, () => {
    round(g, '#ffffff', -16, -34, 32, 68, 3);
    for (let k = 0; k < 4; k++) {
      g.fillStyle = '#e8583a';
      g.fillRect(-16, -28 + k * 17, 32, 6);
    }
  });
  // One swimmer, far out.
  for (const [r, alpha] of /** @type {[number, number][]} */ ([
    [34, 0.18],
    [22, 0.3],
  ]))
    line(g, `rgb(255 255 255 / ${alpha})`, 2, () => g.ellipse(206, 300, r, r * 0.7, 0, 0, 7));
  oval(g, '#f0b48c', 206, 298, 8, 10);
  oval(g, '#3b2419', 206, 292, 6);
  line(g, '#f0b48c', 5, () => {
    g.moveTo(200, 300);
    g.lineTo(186, 290);
    g.moveTo(212, 300);
    g.lineTo(226, 308);
  });
  words(g, 'Swim\nbefore lunch', 38, 100, { size: 70, weight: 900, tracking: -0.04, leading: 1, shadow: 'rgb(0 60 90 / 0.4)' });
  labels(g, '€0', 40, 238, { size: 40, ground: '#fff8ea', color: '#0b6f92', weight: 900 });
  grain(g, W, H, 0.12);
};

/** @type {import('./brush.mjs').Frame} */
export const receipt = (g) => {
  g.fillStyle = '#fdf3e2';
  g.fillRect(0, 0, W, H);
  for (let i = 0; i < 8; i++) {
    g.fillStyle = i % 2 ? '#2b93b3' : '#3fa7c2';
    g.fillRect(i * 80, 0, 40, H);
  }
  at(g, 270, 350, -0.035, () => {
    g.save();
    g.shadowColor = 'rgb(10 50 70 / 0.4)';
    g.shadowBlur = 50;
    g.shadowOffsetY = 24;
    shape(g, '#fffdf7', () => {
      g.moveTo(-176, -288);
      g.lineTo(176, -288);
      g.lineTo(176, 268);
      for (let k = 0; k < 22; k++) g.lineTo(176 - (k + 0.5) * 16, k % 2 ? 268 : 280);
      g.lineTo(-176, 268);
    });
    g.restore();
    words(g, 'The whole\nweekend', -144, -218, { size: 56, weight: 900, color: '#173c4a', tracking: -0.04, leading: 1 });
    /** @type {[string, string][]} */
    const rows = [
      ['Train, both ways', '€38'],
      ['Room with a balcony', '€29'],
      ['Dinner on the wall', '€14'],
      ['Two ice creams', '€5'],
      ['Two swims', '€0'],
    ];
    for (const [i, [name, price]] of rows.entries()) {
      const y = -96 + i * 48;
      words(g, name, -144, y, { size: 25, weight: 500, color: '#3d4f55', tracking: -0.01 });
      words(g, price, 144, y, { size: 25, weight: 600, color: '#173c4a', align: 'right', tracking: 0 });
    }
    g.setLineDash([7, 8]);
    line(g, '#b9c4c4', 2.4, () => {
      g.moveTo(-144, 132);
      g.lineTo(144, 132);
    });
    g.setLineDash([]);
    words(g, 'Total', -144, 204, { size: 44, weight: 800, color: '#173c4a' });
    words(g, '€86', 144, 208, { size: 66, weight: 900, color: '#e8583a', align: 'right' });
  });
  for (const [x, y, s] of /** @type {[number, number, number][]} */ ([
    [470, 92, 1],
    [64, 622, 0.8],
  ]))
    at(
      g,
      x,
      y,
      0.4,
      () => {
        g.shadowColor = 'rgb(10 50 70 / 0.4)';
        g.shadowBlur = 16;
        g.shadowOffsetY = 8;
        shape(
          g,
          linear(g, -30, -30, 30, 30, [
            [0, '#ffe9d6'],
            [1, '#e59a7c'],
          ]),
          () => {
            for (let k = 0; k <= 10; k++)
              g.lineTo(Math.sin((k / 10 - 0.5) * 2.4) * (k % 2 ? 46 : 41), -Math.cos((k / 10 - 0.5) * 2.4) * (k % 2 ? 46 : 41));
            g.lineTo(0, 20);
          },
        );
        g.shadowColor = 'transparent';
        for (let k = 1; k < 10; k += 2)
          line(g, 'rgb(160 80 60 / 0.35)', 2, () => {
            g.moveTo(0, 14);
            g.lineTo(Math.sin((k / 10 - 0.5) * 2.3) * 38, -Math.cos((k / 10 - 0.5) * 2.3) * 38);
          });
      },
      s,
    );
  grain(g, W, H, 0.12);
};
