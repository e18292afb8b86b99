import { type Guess, within } from './numbers.js';

/** One reading of how the server's ETA may be wrong by a constant factor. Plain JSON. */
interface EtaModel {
  /** The ETA is this many times the truth. */
  bias: number;
  /** Seconds left at the filter's `at`, if so. */
  seconds: number;
  /** How sure, in seconds squared. */
  variance: number;
  /** How noisy single ETAs are, if so: the variance of one as a share of the truth. */
  noise: number;
  /** How well this reading has foretold the ETAs that came, as a natural logarithm; the best has 0. */
  evidence: number;
  /** ETAs in a row that were far too high (above 0) or far too low (below 0). */
  surprises: number;
}

/** What a life's ETAs have said so far. Plain JSON. */
export interface EtaFilter {
  /** When the last one came: milliseconds, the reducer's clock. */
  at: number;
  /** How many came. */
  readings: number;
  /** The same ETAs, read under each bias. */
  models: EtaModel[];
}

// A server that is off by a constant factor gives itself away: its ETA falls by more or less than a second each second. One filter for each
// factor, all fed the same ETAs, and the one that foretells them best counts most. Half and double are the limits worth telling apart.
const biases = [0.5, 0.7, 1, 1.4, 2];
/** How much likelier each bias other than 1 is held to be at first than none: a thirtieth. */
const BIASED = Math.log(1 / 30);
const LONGEST_SECONDS = 7 * 86_400;
/** Variance that a second of waiting adds, in seconds squared: jobs pause, and no ETA foresees it. */
const DRIFT = 0.4;
const FIRST_NOISE = 0.15 ** 2;
const LEAST_NOISE = 0.015 ** 2;
const MOST_NOISE = 0.6 ** 2;
/** The first guess at the noise counts for as many ETAs. */
const FIRST_NOISE_COUNTS = 4;
/** The noise is learned from about as many of the last ETAs. */
const NOISE_MEMORY = 30;
/** Evidence fades by this factor with every ETA, so that one pause does not mark a server as biased for good. */
const FADING = 0.985;
/** The errors of ETAs that follow each other are alike, so as many of them count as one piece of evidence. */
const EVIDENCE_SHARED_BY = 1.5;
/** An ETA is far off from so many standard deviations on. */
const FAR_OFF = 3;
const SURPRISES_TO_BELIEVE = 3;

/** Takes in one ETA; `null` (none given) changes nothing. @internal */
export function advanceEtaFilter(previous: EtaFilter | null, etaSeconds: number | null, at: number): EtaFilter | null {
  if (etaSeconds === null) return previous;
  const reading = Math.min(etaSeconds, LONGEST_SECONDS);
  if (previous === null) {
    return { at, readings: 1, models: biases.map((bias) => firstModel(bias, reading)) };
  }
  const waited = Math.min(LONGEST_SECONDS, (at - previous.at) / 1000);
  const counted = Math.min(previous.readings, NOISE_MEMORY) + FIRST_NOISE_COUNTS;
  const models = previous.models.map((model) => advanceModel(model, reading, waited, counted));
  const best = Math.max(...models.map(({ evidence }) => evidence));
  return { at, readings: previous.readings + 1, models: models.map((model) => ({ ...model, evidence: model.evidence - best + 0 })) };
}

function firstModel(bias: number, reading: number): EtaModel {
  const seconds = Math.max(1, reading / bias);
  return { bias, seconds, variance: FIRST_NOISE * seconds ** 2 + 1, noise: FIRST_NOISE, evidence: priorOf(bias), surprises: 0 };
}

const priorOf = (bias: number) => (bias === 1 ? 0 : BIASED);

/** One step of a Kalman filter on the seconds left. */
function advanceModel(model: EtaModel, reading: number, waited: number, counted: number): EtaModel {
  const foretold = Math.max(1, model.seconds - waited);
  const variance = model.variance + DRIFT * waited;
  const error = reading / model.bias - foretold;
  const single = model.noise * foretold ** 2 + 1;
  const expected = variance + single;
  const off = error / Math.sqrt(expected);

  const surprises =
    Math.abs(off) < FAR_OFF ? 0 : Math.sign(off) === Math.sign(model.surprises) ? model.surprises + Math.sign(off) : Math.sign(off);
  // One wild ETA counts little; three in a row on the same side are a new plan of the server's, and the old belief is let go.
  const believed = Math.abs(surprises) >= SURPRISES_TO_BELIEVE;
  const open = believed ? variance + error ** 2 : variance;
  const trusted = believed ? single : single * Math.max(1, Math.abs(off) / FAR_OFF) ** 2;
  const gain = open / (open + trusted);
  const capped = Math.min(off ** 2, FAR_OFF ** 2);
  const prior = priorOf(model.bias);
  const faded = prior + (model.evidence - prior) * FADING;
  const seen = within((error ** 2 - variance - 1) / foretold ** 2, 0, MOST_NOISE * 4);
  return {
    bias: model.bias,
    seconds: Math.max(1, foretold + gain * error),
    variance: open * (1 - gain),
    noise: within(model.noise + (seen - model.noise) / counted, LEAST_NOISE, MOST_NOISE),
    evidence: faded - (capped + Math.log(expected * model.bias ** 2)) / 2 / EVIDENCE_SHARED_BY,
    surprises: believed ? 0 : surprises + 0,
  };
}

/** A guess at the seconds left at one moment, and how much it counts among others (the weights add up to 1). @internal */
export interface WeighedGuess extends Guess {
  weight: number;
}

/** What the ETAs say of the seconds left at `at` (the reducer's clock): one guess for each bias. @internal */
export function guessesAt(filter: EtaFilter, at: number): WeighedGuess[] {
  const waited = Math.min(LONGEST_SECONDS, Math.max(0, (at - filter.at) / 1000));
  const total = filter.models.reduce((sum, { evidence }) => sum + Math.exp(evidence), 0);
  return filter.models.map(({ seconds, variance, evidence }) => ({
    mean: Math.max(1, seconds - waited),
    // Without a fresh ETA the old one is worth less the longer it has been counted down.
    deviation: Math.sqrt(variance + DRIFT * waited + (0.3 * waited) ** 2),
    weight: Math.exp(evidence) / total,
  }));
}
