// What is said of many measurements of one thing.

/** A value, and between which values it was from round to round. */
export interface Figure {
  value: number;
  low: number;
  high: number;
  samples: number;
}

/** One figure by another, with the least and the greatest that their rounds allow. */
export function divided(one: Figure, other: Figure): Omit<Figure, 'samples'> {
  return { value: one.value / other.value, low: one.low / other.high, high: one.high / other.low };
}

/** The median, with the least and the greatest. */
export const median = (samples: number[]): Figure => quantileOf([samples], 0.5, samples);

/** A quantile of all rounds together, with that of the round that has it least and of the one that has it greatest. */
export function quantile(rounds: number[][], share: number): Figure {
  return quantileOf(
    rounds,
    share,
    rounds.map((round) => at(round, share)),
  );
}

function quantileOf(rounds: number[][], share: number, spread: number[]): Figure {
  const all = rounds.flat();
  return { value: at(all, share), low: Math.min(...spread), high: Math.max(...spread), samples: all.length };
}

/** Between two samples, where the share falls between them. */
function at(samples: number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const [below = NaN, above = below] = sorted.slice(Math.floor(place));
  return below + (above - below) * (place - Math.floor(place));
}
