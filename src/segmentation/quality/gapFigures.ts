/** The gap of one number of segments. */
export interface GapFigures {
  /** Mean of the logarithm of the inertia in the reference data, less that in the data. */
  readonly gap: number;
  /** Of the gap: the standard deviation over the reference data times the root of 1 + 1 / draws. */
  readonly standardError: number;
}

/** The gap from the logarithms of inertia in the data and in each of the reference data (Tibshirani, Walther and Hastie, 2001). */
export function gapFigures(logInertia: number, references: readonly number[]): GapFigures {
  const draws = references.length;
  const mean = references.reduce((sum, x) => sum + x, 0) / draws;
  const squares = references.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return { gap: mean - logInertia, standardError: Math.sqrt((squares / Math.max(1, draws - 1)) * (1 + 1 / draws)) };
}

/** The first place whose gap reaches the first local maximum less its standard error (`firstSEmax` of R's clusGap). */
export function firstSEmax(gaps: readonly GapFigures[]): number {
  let peak = 0;
  while (peak + 1 < gaps.length && gaps[peak + 1]!.gap > gaps[peak]!.gap) peak++;
  return gaps.findIndex(({ gap }) => gap >= gaps[peak]!.gap - gaps[peak]!.standardError);
}

/** The first place whose gap reaches the next less its standard error: the rule of the paper; the last place when there is none. */
export function tibs2001(gaps: readonly GapFigures[]): number {
  const place = gaps.findIndex(({ gap }, i) => i + 1 < gaps.length && gap >= gaps[i + 1]!.gap - gaps[i + 1]!.standardError);
  return place < 0 ? gaps.length - 1 : place;
}
