import { listOf } from './table.js';
import { quickScenes } from './scenes.js';
import { measureVirtual } from './virtual.js';
import { performance } from 'node:perf_hooks';

const asked = process.argv.slice(3);
if (asked.includes('quick')) {
  for (const scene of quickScenes) {
    const since = performance.now();
    const figures = await measureVirtual(scene, 'layers-react');
    console.log(`${listOf(figures, scene.title)}\n(${((performance.now() - since) / 1000).toFixed(0)} s)\n`);
  }
}
process.exit(0);
