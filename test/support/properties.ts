import fc from 'fast-check';
import { beforeEach } from 'vitest';
import { randomFrom } from '../../src/simulator/random.js';

// The same inputs and the same jitter in every run, so that whoever runs the suite sees what it says of their change and not of chance. `PROPERTY_SEED=random`
// looks further.
const { PROPERTY_SEED = '20261128' } = process.env;
if (PROPERTY_SEED !== 'random') {
  const seed = Number(PROPERTY_SEED);
  fc.configureGlobal({ seed });
  beforeEach(({ task }) => {
    Math.random = randomFrom(seed, task.name);
  });
}
