import { highest } from './numbers.js';

/** What was seen of the stages of one life. The arrays run beside `ContainerProgress.stages`. Plain JSON. */
export interface StageTrack {
  /** Where in `stages` the present stage is; -1 while none was named. */
  index: number;
  /** Seconds for which each stage was seen; the present one still runs. */
  seconds: number[];
  /** The highest share seen in each stage, 0 to 1; `null` where the server gave none. */
  shares: (number | null)[];
  /** The share at which each stage was first seen, 0 to 1; `null` where the server gave none. */
  sharesAtSight: (number | null)[];
}

/** The stages so far, and what was seen of them. @internal */
export interface SeenStages {
  stages: string[];
  track: StageTrack;
}

/** What {@link advanceStages} takes in. @internal */
export interface StageReading {
  /** `null`: the server names none, so the stage is the one before. */
  stage: string | null;
  /** 0 to 1; `null`: not given. */
  share: number | null;
  /** Seconds since the snapshot before; they belong to the stage before. */
  seconds: number;
  /** Whether the server dates this reading after every earlier one. */
  newer: boolean;
}

/** No stage seen yet. @internal */
export const noStages: SeenStages = { stages: [], track: { index: -1, seconds: [], shares: [], sharesAtSight: [] } };

/** Takes in one reading of the stage and its share. @internal */
export function advanceStages({ stages, track }: SeenStages, { stage, share, seconds, newer }: StageReading): SeenStages {
  const spent = replaced(track.seconds, track.index, (before) => before + seconds);
  const index = stage === null ? track.index : stages.indexOf(stage);
  if (stage !== null && index === -1) {
    return {
      stages: [...stages, stage],
      track: {
        index: stages.length,
        seconds: [...spent, 0],
        shares: [...track.shares, share],
        sharesAtSight: [...track.sharesAtSight, share],
      },
    };
  }
  // Back in a stage that was left: done again, if the server's dates say so; else more likely an old answer, and the stage keeps its share.
  const again = index !== track.index && newer;
  return {
    stages,
    track: {
      index,
      seconds: spent,
      shares: replaced(track.shares, index, (before) => (again ? share : highest(before, share))),
      sharesAtSight: replaced(track.sharesAtSight, index, (before) => (again ? share : (before ?? share))),
    },
  };
}

function replaced<Value>(values: Value[], index: number, change: (value: Value) => Value): Value[] {
  return values.map((value, at) => (at === index ? change(value) : value));
}
