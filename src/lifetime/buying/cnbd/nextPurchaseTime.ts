import { incompleteBeta } from '../../../numeric/incompleteBeta.js';
import { stageTerms, type AliveState } from './aliveState.js';

/**
 * The time within which the next purchase of a customer alive comes with probability `share`, after a silence of `silent`.
 *
 * With k = 1 in closed form; else by Newton's method for the logarithm of the cumulative hazard as a function of the logarithm of time, which is nearly
 * straight, kept within the bounds already found.
 */
export function nextPurchaseTime(state: AliveState, silent: number, share: number): number {
  const { k, shape, rate } = state;
  const ofOneStage = rate * Math.expm1(-Math.log1p(-share) / shape);
  if (k === 1 || !(ofOneStage < 1e300)) return ofOneStage;
  const target = Math.log(-Math.log1p(-share));
  let [low, high] = [-Infinity, Infinity];
  let at = Math.log(ofOneStage);
  for (let step = 0; step < 200; step++) {
    const time = Math.exp(at);
    const { logHazard, slope } = hazardBy(state, silent, time);
    const away = logHazard - target;
    if (away > 0) high = at;
    else low = at;
    const move = Math.max(-3, Math.min(3, -away / slope));
    if (Math.abs(move) < 1e-15 * Math.max(1, Math.abs(at)) || high - low < 1e-15 * Math.max(1, Math.abs(at))) return time;
    const next = at + move;
    at = next > low && next < high ? next : (low + high) / 2;
  }
  return Math.exp(at);
}

/** The logarithm of -log P(no purchase in time), and its slope by the logarithm of time. */
function hazardBy({ k, shape, rate, stages }: AliveState, silent: number, time: number): { readonly logHazard: number; readonly slope: number } {
  // Silent for so much longer and still below k stages.
  const before = stageTerms(k, shape, silent / rate);
  const after = stageTerms(k, shape, (silent + time) / (rate + time));
  let cumulative = shape * Math.log1p(time / rate) - Math.log(after[k]! / before[k]!);
  if (cumulative < 0.5) {
    let comes = 0;
    for (let j = 0; j < k; j++) if (stages[j]! > 0) comes += stages[j]! * incompleteBeta(time / (rate + time), k - j, shape + j);
    cumulative = -Math.log1p(-comes);
  }
  // Only from the last stage does a purchase come.
  const hazard = ((shape + k - 1) / (rate + time)) * (after[k - 1]! / after[k]!);
  return { logHazard: Math.log(cumulative), slope: (hazard * time) / cumulative };
}
