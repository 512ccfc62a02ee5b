import { DAY_MILLIS } from '../../data/utcDays.js';
import { survivalCurve } from '../../numeric/survival/survivalCurve.js';
import type { JourneyColumns } from '../journeys/journeys.js';
import type { WaitsState } from './nextEvent.js';

/** Fewer waits than these say nothing of their own. */
const LEAST = 5;

interface Wait {
  readonly days: number;
  readonly mass: number;
}

/**
 * Quartiles of the days from an item to the next step, for each item that comes in it: Aalen and Johansen's cumulative incidence with the customer's last step
 * censored at the end of observation, as a share of those who come to have the item next. Null where times are unknown.
 */
export function learnWaits({ itemLevels, offsets, itemOffsets, items, times, until, weights }: JourneyColumns): WaitsState | null {
  if (times === null || until === null) return null;
  const stepsOf: number[][] = itemLevels.map(() => []);
  const days = new Float64Array(times.length);
  const happened = new Uint8Array(times.length);
  const stepWeights = new Float64Array(times.length).fill(1);
  for (let c = 0; c + 1 < offsets.length; c++) {
    for (let s = offsets[c]!; s < offsets[c + 1]!; s++) {
      const isLast = s + 1 === offsets[c + 1];
      happened[s] = isLast ? 0 : 1;
      days[s] = Math.max(0, (isLast ? until[c]! : times[s + 1]!) - times[s]!) / DAY_MILLIS;
      if (weights !== null) stepWeights[s] = weights[c]!;
      if (stepWeights[s]! > 0) for (let i = itemOffsets[s]!; i < itemOffsets[s + 1]!; i++) stepsOf[items[i]!]!.push(s);
    }
  }
  const state = { from: [] as number[], to: [] as number[], days: [] as number[] };
  const anywhere = new Map<number, Wait[]>();
  const keep = (from: number, waits: ReadonlyMap<number, Wait[]>): void => {
    for (const to of [...waits.keys()].sort((a, b) => a - b)) {
      if (waits.get(to)!.length < LEAST) continue;
      state.from.push(from);
      state.to.push(to);
      state.days.push(...quartiles(waits.get(to)!));
    }
  };
  stepsOf.forEach((steps, from) => {
    const curve = survivalCurve(Float64Array.from(steps, (s) => days[s]!), Uint8Array.from(steps, (s) => happened[s]!), Float64Array.from(steps, (s) => stepWeights[s]!));
    // The incidence of one event: who is left just before, by who is at risk.
    const masses = new Map<number, number>();
    curve.times.forEach((time, i) => masses.set(time, (i === 0 ? 1 : curve.survival[i - 1]!) / curve.atRisk[i]!));
    const waits = new Map<number, Wait[]>();
    const everybody = steps.reduce((sum, s) => sum + stepWeights[s]!, 0);
    for (const s of steps) {
      if (happened[s] === 0) continue;
      for (let i = itemOffsets[s + 1]!; i < itemOffsets[s + 2]!; i++) {
        const wait = { days: days[s]!, mass: everybody * stepWeights[s]! * masses.get(days[s]!)! };
        push(waits, items[i]!, wait);
        push(anywhere, items[i]!, wait);
      }
    }
    keep(from, waits);
  });
  keep(itemLevels.length, anywhere);
  return state;
}

function push(waits: Map<number, Wait[]>, item: number, wait: Wait): void {
  const known = waits.get(item);
  if (known === undefined) waits.set(item, [wait]);
  else known.push(wait);
}

function quartiles(waits: Wait[]): number[] {
  waits.sort((a, b) => a.days - b.days);
  const total = waits.reduce((sum, wait) => sum + wait.mass, 0);
  return [0.25, 0.5, 0.75].map((share) => {
    let left = share * total * (1 - 1e-12);
    const at = waits.findIndex((wait) => (left -= wait.mass) <= 0);
    return Math.round(waits[at < 0 ? waits.length - 1 : at]!.days * 1e4) / 1e4;
  });
}
