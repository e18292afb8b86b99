// Every scene by the name it has in the catalog.
import { cityHoney } from './cityHoney.mjs';
import { coastWeekend } from './coastWeekend.mjs';
import { dawnRun } from './dawnRun.mjs';
import { eveningCalendar } from './eveningCalendar.mjs';
import { nightSerum } from './nightSerum.mjs';
import { patientPlants } from './patientPlants.mjs';
import { readingLamp } from './readingLamp.mjs';
import { slowCeramics } from './slowCeramics.mjs';
import { slowCoffee } from './slowCoffee.mjs';

/** @typedef {import('./brush.mjs').Scene} Scene */

/** @type {Record<string, Scene>} */
export const scenes = {
  'dawn-run': dawnRun,
  'evening-calendar': eveningCalendar,
  'slow-coffee': slowCoffee,
  'night-serum': nightSerum,
  'patient-plants': patientPlants,
  'coast-weekend': coastWeekend,
  'city-honey': cityHoney,
  'slow-ceramics': slowCeramics,
  'reading-lamp': readingLamp,
};

// Drawn twice as large and scaled down: smoother edges than the canvas gives by itself.
const oversample = 2;

/** @param {string} name @param {number} index @param {number} t @returns {HTMLCanvasElement} */
const draw = (name, index, t) => {
  const scene = scenes[name];
  const frame = scene?.frames[index];
  if (!scene || !frame) throw new Error(`There is no frame ${index} in "${name}".`);
  const large = Object.assign(document.createElement('canvas'), { width: scene.width * oversample, height: scene.height * oversample });
  const small = Object.assign(document.createElement('canvas'), { width: scene.width, height: scene.height });
  const g = large.getContext('2d');
  const out = small.getContext('2d');
  if (!g || !out) throw new Error('This browser has no 2D canvas.');
  g.scale(oversample, oversample);
  frame(g, t);
  out.imageSmoothingQuality = 'high';
  out.drawImage(large, 0, 0, scene.width, scene.height);
  return small;
};

/** One frame of a film as a lossless data URL. @param {string} name @param {number} t */
export const film = (name, t) => draw(name, 0, t).toDataURL('image/png');

/** A JPEG data URL, as good as its budget of bytes allows. @param {string} name @param {number} index @param {number} budget */
export const still = (name, index, budget) => {
  const canvas = draw(name, index, scenes[name]?.at ?? 0);
  for (let quality = 0.9; quality > 0.3; quality -= 0.02) {
    const url = canvas.toDataURL('image/jpeg', quality);
    if ((url.length - url.indexOf(',') - 1) * 0.75 <= budget) return url;
  }
  throw new Error(`"${name}" ${index + 1} does not fit into ${budget} bytes.`);
};
