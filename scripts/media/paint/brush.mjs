// The few strokes that every picture is made of. Runs in the browser.

/** @typedef {CanvasRenderingContext2D} G */
/** @typedef {(g: G, t: number) => void} Frame Draws a moment, `t` from 0 to 1, in the scene's own units. */
/** @typedef {{ width: number, height: number, frames: Frame[], at?: number }} Scene Films have one frame function; `at` is the moment of the poster. */
/** @typedef {[number, string][]} Stops */

/** @param {number} v */
export const clamp = (v, lo = 0, hi = 1) => Math.min(hi, Math.max(lo, v));

/** @param {number} a @param {number} b @param {number} t */
export const mix = (a, b, t) => a + (b - a) * t;

/** Eased share of the way from `a` to `b`. @param {number} t @param {number} a @param {number} b */
export const seg = (t, a, b) => {
  const x = clamp((t - a) / (b - a));
  return x * x * (3 - 2 * x);
};

/** A colour between two `#rrggbb`. @param {string} a @param {string} b @param {number} t */
export const tint = (a, b, t) => {
  const part = (/** @type {string} */ hex, /** @type {number} */ at) => Number.parseInt(hex.slice(at, at + 2), 16);
  return `rgb(${[1, 3, 5].map((at) => Math.round(mix(part(a, at), part(b, at), t))).join(' ')})`;
};

/** Repeatable random numbers. @param {number} seed */
export const rng = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let x = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
  return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
};

/** @param {G} g @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 @param {Stops} stops */
export const linear = (g, x0, y0, x1, y1, stops) => {
  const gradient = g.createLinearGradient(x0, y0, x1, y1);
  for (const [at, color] of stops) gradient.addColorStop(at, color);
  return gradient;
};

/** A soft light. @param {G} g @param {number} x @param {number} y @param {number} r @param {Stops} stops */
export const glow = (g, x, y, r, stops) => {
  const gradient = g.createRadialGradient(x, y, 0, x, y, r);
  for (const [at, color] of stops) gradient.addColorStop(at, color);
  g.fillStyle = gradient;
  g.fillRect(x - r, y - r, 2 * r, 2 * r);
};

/** Fills a closed shape. @param {G} g @param {string | CanvasGradient} fill @param {(g: G) => void} path */
export const shape = (g, fill, path) => {
  g.beginPath();
  path(g);
  g.fillStyle = fill;
  g.fill();
};

/** @param {G} g @param {string | CanvasGradient} fill @param {number} x @param {number} y @param {number} w @param {number} h @param {number | number[]} r */
export const round = (g, fill, x, y, w, h, r) => shape(g, fill, () => g.roundRect(x, y, w, h, r));

/** @param {G} g @param {string | CanvasGradient} fill @param {number} x @param {number} y @param {number} rx */
export const oval = (g, fill, x, y, rx, ry = rx, turn = 0) =>
  shape(g, fill, () => g.ellipse(x, y, Math.max(rx, 0), Math.max(ry, 0), turn, 0, 7));

/** @param {G} g @param {string | CanvasGradient} stroke @param {number} width @param {(g: G) => void} path */
export const line = (g, stroke, width, path) => {
  g.beginPath();
  path(g);
  g.lineCap = g.lineJoin = 'round';
  g.lineWidth = width;
  g.strokeStyle = stroke;
  g.stroke();
};

/** A hill line across the picture, made of three waves. @param {G} g @param {string | CanvasGradient} fill @param {number} w @param {number} h @param {(x: number) => number} y */
export const ridge = (g, fill, w, h, y) =>
  shape(g, fill, () => {
    g.moveTo(0, h);
    for (let x = 0; x <= w + 4; x += 4) g.lineTo(x, y(x));
    g.lineTo(w + 4, h);
  });

/** Draws with the canvas turned round a point, and puts it back. @param {G} g @param {number} x @param {number} y @param {number} turn @param {() => void} draw */
export const at = (g, x, y, turn, draw, scale = 1) => {
  g.save();
  g.translate(x, y);
  g.rotate(turn);
  g.scale(scale, scale);
  draw();
  g.restore();
};

/** Draws with an opacity, and puts it back. @param {G} g @param {number} alpha @param {() => void} draw */
export const fade = (g, alpha, draw) => {
  g.save();
  g.globalAlpha *= clamp(alpha);
  draw();
  g.restore();
};

/** Draws only inside a path. @param {G} g @param {(g: G) => void} path @param {() => void} draw */
export const inside = (g, path, draw) => {
  g.save();
  g.beginPath();
  path(g);
  g.clip();
  draw();
  g.restore();
};

/** Film grain over the whole picture. @param {G} g @param {number} w @param {number} h @param {number} strength */
export const grain = (g, w, h, strength, seed = 7) => {
  const random = rng(seed);
  const tile = document.createElement('canvas');
  tile.width = tile.height = 256;
  const pixels = new ImageData(256, 256);
  for (let i = 0; i < pixels.data.length; i += 4) pixels.data.set([...Array(3).fill(random() * 255), 255], i);
  tile.getContext('2d')?.putImageData(pixels, 0, 0);
  const pattern = g.createPattern(tile, 'repeat');
  if (!pattern) return;
  g.save();
  g.globalCompositeOperation = 'soft-light';
  g.globalAlpha = strength;
  g.fillStyle = pattern;
  g.fillRect(0, 0, w, h);
  g.restore();
};
