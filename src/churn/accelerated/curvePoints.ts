import type { SurvivalPoints } from '../survivalModel.js';

const POINTS = 100;

/** A smooth curve at evenly spaced times from 0 to `end`. */
export function curvePoints(end: number, survival: (time: number) => number): SurvivalPoints {
  const times = Float64Array.from({ length: POINTS + 1 }, (_, i) => (end * i) / POINTS);
  return { times, survival: times.map(survival) };
}
