import type { Estimate } from '../numeric/estimate.js';

/**
 * The lift of a part of the customers over all of them, with an interval.
 *
 * Part and whole overlap, part and rest do not: lift = 1 / (s + (1 - s) q), with s the share of the part and q the rate of the rest over its own. So
 * the score interval of that ratio (Koopman, Biometrics 40, 1984), which keeps its confidence for few events and for none, is mapped to the lift.
 */
export function liftInterval(events: number, size: number, allEvents: number, all: number, z: number): Estimate {
  const estimate = (events * all) / (size * allEvents);
  const share = size / all;
  if (!(share < 1)) return { estimate, lower: 1, upper: 1 };
  const others = Math.max(0, allEvents - events);
  const liftOf = (ratio: number): number => 1 / (share + (1 - share) * ratio);
  // The ratio itself runs from 0 to infinity: bisection on ratio / (1 + ratio), along which the statistic falls.
  const end = (target: number): number => {
    let low = 0;
    let high = 1;
    for (let step = 0; step < 60; step++) {
      const middle = (low + high) / 2;
      if (ratioStatistic(middle / (1 - middle), others, all - size, events, size) > target) low = middle;
      else high = middle;
    }
    return liftOf(low / (1 - low));
  };
  return {
    estimate,
    lower: events <= 0 ? 0 : Math.min(estimate, end(-z)),
    upper: others <= 0 ? 1 / share : Math.max(estimate, end(z)),
  };
}

// How many standard errors rate x1/n1 lies above `ratio` times rate x2/n2, the error at the rates that fit best under that ratio.
function ratioStatistic(ratio: number, x1: number, n1: number, x2: number, n2: number): number {
  const b = ratio * (n1 + x2) + x1 + n2;
  const c = x1 + x2;
  const p2 = (2 * c) / (b + Math.sqrt(Math.max(0, b * b - 4 * (n1 + n2) * ratio * c)));
  const p1 = ratio * p2;
  const variance = Math.max(0, (p1 * (1 - p1)) / n1) + (ratio * ratio * Math.max(0, p2 * (1 - p2))) / n2;
  return (x1 / n1 - (ratio * x2) / n2) / Math.sqrt(variance);
}
