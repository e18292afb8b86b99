// Two days by the sea, and the receipt.
import { at, fade, glow, grain, inside, line, linear, oval, ridge, rng, round, shape } from './brush.mjs';
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

/** @type {import('./brush.mjs').Frame[]} */
const frames = [
  (g) => {
    g.fillStyle = linear(g, 0, 0, 0, 420, [[0, '#58b4d9'], [0.6, '#a9dbe6'], [1, '#fbe9c9']]);
    g.fillRect(0, 0, W, H);
    glow(g, 110, 330, 260, [[0, 'rgb(255 247 214 / 0.95)'], [1, 'rgb(255 240 200 / 0)']]);
    oval(g, '#fffbe8', 110, 330, 38);
    g.fillStyle = linear(g, 0, 410, 0, H, [[0, '#5cc3cf'], [0.35, '#2797b4'], [1, '#0d5d86']]);
    g.fillRect(0, 410, W, H);
    const random = rng(2);
    for (let i = 0; i < 90; i++) {
      const y = 414 + random() ** 1.6 * 250;
      const w = 6 + (y - 410) * 0.18;
      round(g, `rgb(255 255 255 / ${0.1 + random() * 0.35})`, random() * W, y, w, 1.6 + (y - 410) * 0.006, 1);
    }
    shape(g, linear(g, 0, 300, 0, 520, [[0, '#8aa06a'], [0.4, '#6c8257'], [1, '#8a6a4e']]), () => {
      g.moveTo(200, 520);
      g.bezierCurveTo(230, 400, 330, 330, 560, 286);
      g.lineTo(560, 520);
    });
    for (let row = 0; row < 4; row++)
      for (let i = 0; i < 8; i++) {
        const w = 36 + random() * 16;
        const x = 250 + (3 - row) * 34 + i * 43 - row * 6;
        house(g, x, 408 + row * 32 - (i * (3 - row)) / 2, w, 44 + random() * 30, walls[Math.floor(random() * 6)] ?? '', roofs[(i + row) % 3] ?? '');
      }
    house(g, 424, 320, 24, 84, '#fdf4e6', '#b9502f');
    shape(g, '#5d4a40', () => {
      g.moveTo(180, 520);
      g.lineTo(560, 500);
      g.lineTo(560, 528);
      g.lineTo(196, 530);
    });
    for (const [x, y, s] of /** @type {[number, number, number][]} */ ([[96, 520, 1], [176, 574, 1.5], [420, 590, 1.3]]))
      at(g, x, y, 0, () => {
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
      }, s);
    words(g, 'A weekend\nby the sea', 38, 104, { size: 78, weight: 900, tracking: -0.04, leading: 0.98, shadow: 'rgb(10 70 110 / 0.35)' });
    labels(g, 'for under €90', 40, 254, { size: 38, ground: '#e8583a', color: '#fff8ea' });
    grain(g, W, H, 0.1);
  },
  (g) => {
    g.fillStyle = linear(g, 0, 0, W, H, [[0, '#27433f'], [1, '#15292b']]);
    g.fillRect(0, 0, W, H);
    const pane = () => g.roundRect(46, 60, 448, 420, 44);
    inside(g, pane, () => {
      g.fillStyle = linear(g, 0, 60, 0, 300, [[0, '#f4b183'], [1, '#fde6c3']]);
      g.fillRect(0, 0, W, 500);
      glow(g, 380, 250, 220, [[0, 'rgb(255 250 225 / 1)'], [0.2, 'rgb(255 240 200 / 0.7)'], [1, 'rgb(255 230 180 / 0)']]);
      ridge(g, '#d99a86', W, 500, (x) => 262 - 22 * Math.sin(x / 80 + 1) - 8 * Math.sin(x / 31));
      g.fillStyle = linear(g, 0, 280, 0, 380, [[0, '#f6d9b0'], [1, '#5aa6b0']]);
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
    round(g, linear(g, 0, 512, 0, 560, [[0, '#b07a48'], [1, '#77492a']]), -20, 520, 580, 40, 8);
    // A paper cup and a ticket on the ledge.
    shape(g, linear(g, 388, 0, 460, 0, [[0, '#fffaf0'], [0.5, '#f2e4cd'], [1, '#c7b08d']]), () => {
      g.moveTo(388, 440);
      g.lineTo(460, 440);
      g.lineTo(450, 524);
      g.lineTo(398, 524);
    });
    round(g, '#3a2418', 382, 430, 84, 14, 7);
    round(g, '#c86a44', 391, 466, 66, 30, 2);
    at(g, 250, 506, -0.06, () => {
      round(g, '#fbf3df', -90, -14, 170, 30, 5);
      words(g, '07:40   window   €19', -78, 8, { size: 17, weight: 600, color: '#4b3a26', tracking: 0 });
    });
    words(g, 'Sat 7:40. Slow train,\nwindow seat.', 40, 612, { size: 38, weight: 800, color: '#fdf1d8', leading: 1.14 });
    grain(g, W, H, 0.12);
  },
  (g) => {
    g.fillStyle = linear(g, 0, 0, W * 0.7, H, [[0, '#0b7fa3'], [0.35, '#27b3bd'], [0.52, '#86dcd0'], [0.56, '#f3e3bd'], [1, '#e7c68d']]);
    g.fillRect(0, 0, W, H);
    const random = rng(9);
    for (let i = 0; i < 60; i++) line(g, 'rgb(255 255 255 / 0.13)', 1.5, () => {
      const x = random() * 380;
      const y = random() * 360 - x * 0.3;
      g.moveTo(x, y);
      g.quadraticCurveTo(x + 14, y - 6, x + 30 + random() * 20, y + 2);
    });
    for (const [shift, alpha, width] of /** @type {[number, number, number][]} */ ([[0, 0.95, 9], [-16, 0.5, 5], [-38, 0.3, 4]]))
      line(g, `rgb(255 255 255 / ${alpha})`, width, () => {
        for (let x = -20; x <= W + 20; x += 6) g.lineTo(x, 560 + shift - x * 0.53 + 12 * Math.sin(x / 38 + shift) + 5 * Math.sin(x / 13));
      });
    for (const [x, y, r, a, b] of /** @type {[number, number, number, string, string][]} */ ([[420, 480, 46, '#e8583a', '#fff3df'], [300, 600, 42, '#1f7fa0', '#fff3df'], [482, 598, 38, '#f2b632', '#fff3df']])) {
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
    for (const [r, alpha] of /** @type {[number, number][]} */ ([[34, 0.18], [22, 0.3]])) line(g, `rgb(255 255 255 / ${alpha})`, 2, () => g.ellipse(206, 300, r, r * 0.7, 0, 0, 7));
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
  },
  (g) => {
    g.fillStyle = linear(g, 0, 0, 0, 380, [[0, '#1a1f4b'], [0.55, '#5b3a7e'], [0.85, '#d0677a'], [1, '#f4a273']]);
    g.fillRect(0, 0, W, H);
    const random = rng(31);
    for (let i = 0; i < 40; i++) oval(g, `rgb(255 245 230 / ${random() * 0.7})`, random() * W, random() * 200, 0.6 + random());
    g.fillStyle = linear(g, 0, 380, 0, H, [[0, '#c4627c'], [0.3, '#5a3a78'], [1, '#171a42']]);
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
      glow(g, x, y, 26, [[0, 'rgb(255 214 130 / 0.8)'], [1, 'rgb(255 200 120 / 0)']]);
      oval(g, '#fff0c8', x, y, 4.6);
    }
    // The wall, and dinner on it.
    g.fillStyle = linear(g, 0, 556, 0, H, [[0, '#5a4560'], [0.1, '#46344f'], [1, '#251b33']]);
    g.fillRect(0, 556, W, 130);
    g.fillStyle = 'rgb(255 200 150 / 0.3)';
    g.fillRect(0, 556, W, 4);
    oval(g, 'rgb(15 8 25 / 0.5)', 190, 578, 136, 14);
    oval(g, '#f4ece0', 186, 566, 126, 19);
    oval(g, '#d8cbbb', 186, 564, 94, 12);
    shape(g, linear(g, 110, 540, 270, 570, [[0, '#e8b27a'], [0.5, '#c98148'], [1, '#8b512b']]), () => {
      g.moveTo(112, 558);
      g.quadraticCurveTo(170, 528, 232, 556);
      g.lineTo(268, 540);
      g.quadraticCurveTo(258, 558, 266, 574);
      g.lineTo(232, 562);
      g.quadraticCurveTo(168, 580, 112, 558);
    });
    for (let k = 0; k < 4; k++) line(g, 'rgb(80 36 14 / 0.7)', 3, () => {
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
    words(g, 'Dinner on the\nharbour wall', 38, 92, { size: 62, weight: 900, tracking: -0.04, leading: 1.02, shadow: 'rgb(20 10 50 / 0.5)' });
    labels(g, '€14, wine included', 40, 212, { size: 30, ground: '#ffd58a', color: '#3a1f45', weight: 700 });
    grain(g, W, H, 0.12);
  },
  (g) => {
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
      const rows = [['Train, both ways', '€38'], ['Room with a balcony', '€29'], ['Dinner on the wall', '€14'], ['Two ice creams', '€5'], ['Two swims', '€0']];
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
    for (const [x, y, s] of /** @type {[number, number, number][]} */ ([[470, 92, 1], [64, 622, 0.8]]))
      at(g, x, y, 0.4, () => {
        g.shadowColor = 'rgb(10 50 70 / 0.4)';
        g.shadowBlur = 16;
        g.shadowOffsetY = 8;
        shape(g, linear(g, -30, -30, 30, 30, [[0, '#ffe9d6'], [1, '#e59a7c']]), () => {
          for (let k = 0; k <= 10; k++) g.lineTo(Math.sin((k / 10 - 0.5) * 2.4) * (k % 2 ? 46 : 41), -Math.cos((k / 10 - 0.5) * 2.4) * (k % 2 ? 46 : 41));
          g.lineTo(0, 20);
        });
        g.shadowColor = 'transparent';
        for (let k = 1; k < 10; k += 2) line(g, 'rgb(160 80 60 / 0.35)', 2, () => {
          g.moveTo(0, 14);
          g.lineTo(Math.sin((k / 10 - 0.5) * 2.3) * 38, -Math.cos((k / 10 - 0.5) * 2.3) * 38);
        });
      }, s);
    grain(g, W, H, 0.12);
  },
];

/** @type {import('./brush.mjs').Scene} */
export const coastWeekend = { width: W, height: H, frames };
