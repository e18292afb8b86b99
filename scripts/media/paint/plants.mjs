// A pot, and three plants to put into it.
import { at, line, linear, oval, shape } from './brush.mjs';

/** @typedef {import('./brush.mjs').G} G */

/** A pot, standing on `y`. @param {G} g @param {number} x @param {number} y @param {number} w @param {number} h @param {[string, string, string]} tones */
export const pot = (g, x, y, w, h, [light, body, dark]) => {
  g.save();
  g.filter = 'blur(8px)';
  oval(g, 'rgb(20 20 10 / 0.35)', x + w * 0.12, y, w * 0.62, h * 0.09);
  g.restore();
  shape(
    g,
    linear(g, x - w / 2, 0, x + w / 2, 0, [
      [0, body],
      [0.3, light],
      [0.65, body],
      [1, dark],
    ]),
    () => {
      g.moveTo(x - w / 2, y - h);
      g.lineTo(x + w / 2, y - h);
      g.lineTo(x + w * 0.36, y - 6);
      g.quadraticCurveTo(x, y + 8, x - w * 0.36, y - 6);
    },
  );
  oval(g, dark, x, y - h, w / 2, h * 0.08);
  oval(g, '#2f1f15', x, y - h + 2, w * 0.44, h * 0.06);
};

/** Sword leaves with light edges. @param {G} g @param {number} x @param {number} y @param {number} size */
export const snake = (g, x, y, size) => {
  for (const [dx, lean, tall] of /** @type {[number, number, number][]} */ ([
    [-0.2, -0.24, 0.75],
    [0.2, 0.26, 0.7],
    [-0.1, -0.08, 1],
    [0.12, 0.12, 0.92],
    [0, 0.02, 0.62],
  ]))
    at(g, x + dx * size * 0.45, y, lean, () => {
      const h = size * tall;
      const w = size * 0.075;
      const leaf = (/** @type {number} */ k) => () => {
        g.moveTo(-w * 0.7 * k, 0);
        g.bezierCurveTo(-w * 1.5 * k, -h * 0.4, -w * 1.1 * k, -h * 0.8, 0, -h);
        g.bezierCurveTo(w * 1.1 * k, -h * 0.8, w * 1.5 * k, -h * 0.4, w * 0.7 * k, 0);
      };
      shape(g, '#d9cf6a', leaf(1.22));
      shape(
        g,
        linear(g, -w, 0, w, 0, [
          [0, '#3f7d4d'],
          [0.5, '#2c6340'],
          [1, '#1c4730'],
        ]),
        leaf(0.9),
      );
      for (let k = 1; k < 9; k++)
        line(g, 'rgb(150 190 130 / 0.4)', size * 0.008, () => {
          g.moveTo(-w * 0.75, (-h * k) / 11);
          g.quadraticCurveTo(0, (-h * k) / 11 - h * 0.03, w * 0.75, (-h * k) / 11 + h * 0.01);
        });
    });
};

/** A vine; `drop` points along it get a heart leaf. @param {G} g @param {[number, number][]} points @param {number} size */
const vine = (g, points, size) => {
  line(g, '#4d7a3a', size * 0.12, () => {
    const [first] = points;
    if (first) g.moveTo(...first);
    for (const [x, y] of points) g.lineTo(x, y);
  });
  for (const [i, [x, y]] of points.entries())
    at(g, x, y, (i % 2 ? -0.9 : 0.9) + Math.sin(i * 2.1) * 0.3, () => {
      const heart = () => {
        g.moveTo(0, -size * 0.1);
        g.bezierCurveTo(size * 0.9, -size * 0.55, size * 0.95, size * 0.65, 0, size * 1.25);
        g.bezierCurveTo(-size * 0.95, size * 0.65, -size * 0.9, -size * 0.55, 0, -size * 0.1);
      };
      shape(
        g,
        linear(g, -size, 0, size, size, [
          [0, i % 3 ? '#86bd5f' : '#a9d17a'],
          [1, i % 3 ? '#3f8348' : '#5e9c4d'],
        ]),
        heart,
      );
      line(g, 'rgb(230 245 190 / 0.5)', size * 0.05, () => {
        g.moveTo(0, 0);
        g.lineTo(0, size);
      });
    });
};

/** @param {G} g @param {number} x @param {number} y @param {number} size */
export const pothos = (g, x, y, size) => {
  for (const [side, long, wide] of /** @type {[number, number, number][]} */ ([
    [-1, 1.35, 0.62],
    [1, 0.95, 0.58],
    [-1, 0.7, 0.34],
    [1, 1.6, 0.36],
    [-1, 0.2, 0.2],
    [1, 0.25, 0.25],
  ])) {
    /** @type {[number, number][]} */
    const points = [];
    for (let k = 0; k <= 9; k++) {
      const u = k / 9;
      points.push([
        x + side * size * wide * Math.sin(Math.min(u * 2.2, 1.57)) + Math.sin(u * 9 + wide * 9) * size * 0.03,
        y - size * 0.2 * Math.sin(u * 3.4) + long * size * u * u,
      ]);
    }
    vine(g, points, size * 0.105);
  }
};

/** Arching stems with paired leaves. @param {G} g @param {number} x @param {number} y @param {number} size */
export const zz = (g, x, y, size) => {
  for (const lean of [-0.62, 0.6, -0.3, 0.34, 0.02])
    at(g, x + lean * size * 0.14, y, lean * 0.75, () => {
      const h = size * (1 - Math.abs(lean) * 0.25);
      line(g, '#6d9a4c', size * 0.03, () => {
        g.moveTo(0, 0);
        g.quadraticCurveTo(lean * 14, -h * 0.6, lean * size * 0.16, -h);
      });
      for (let k = 2; k < 11; k++) {
        const u = k / 10.5;
        for (const side of [-1, 1])
          oval(
            g,
            linear(g, -20, -h * u, 20, -h * u - 20, [
              [0, side < 0 ? '#2e6b45' : '#3f8a52'],
              [1, '#7fc077'],
            ]),
            lean * size * 0.16 * u * u + side * size * 0.075,
            -h * u - size * 0.02,
            size * 0.085 * (1.15 - u * 0.5),
            size * 0.036,
            side * -0.55,
          );
      }
    });
};
