import fc from 'fast-check';

// The same inputs in every run, so that whoever runs the suite sees what it says of their change and not of chance. `PROPERTY_SEED=random` looks further.
const { PROPERTY_SEED } = process.env;
if (PROPERTY_SEED !== 'random') fc.configureGlobal({ seed: Number(PROPERTY_SEED ?? 20_261_128) });
