import { DAY_MILLIS } from '../../data/utcDays.js';
import { createRandom, shuffle } from '../../numeric/random.js';
import { sortedOrder } from '../../numeric/sorting.js';
import type { JourneyColumns } from '../journeys/journeys.js';
import type { OutcomeMoments } from './outcomeMoments.js';
import { firstFrom, type Windows } from './windowRows.js';

/** How windows are laid; lengths in milliseconds. */
export interface WindowPlan {
  readonly lookback: number;
  readonly gap: number;
  /** Whether each outcome is a case, not only the first of a customer. */
  readonly every: boolean;
  /** Whether controls are drawn at the same moment, not at the same time since their first step. */
  readonly calendar: boolean;
  /** Controls a case. */
  readonly controls: number;
  readonly seed: number;
}

/** Windows before outcomes and before comparable moments without. */
export interface DrawnWindows extends Windows {
  /** The outcome, or the moment without. */
  readonly moments: readonly number[];
  readonly isCase: readonly number[];
  /** Outcomes of customers of whom nothing was known before. */
  readonly withoutHistory: number;
  /** Days over all customers during which they could have had the outcome. */
  readonly atRiskDays: number;
}

/**
 * Cases and, for each, customers still at risk at the same time (risk-set sampling: Prentice and Breslow, 1978), drawn without replacement within a case. Nothing
 * at or after an outcome is looked at but that it is there.
 */
export function drawWindows({ offsets, times, until, customers }: JourneyColumns & { readonly times: Float64Array; readonly until: Float64Array }, outcomes: OutcomeMoments, plan: WindowPlan): DrawnWindows {
  const { every, calendar } = plan;
  const { moments } = outcomes;
  const random = createRandom(plan.seed);
  const risk = new Float64Array(customers.length);
  const drawn = { from: [] as number[], until: [] as number[], moments: [] as number[], isCase: [] as number[], withoutHistory: 0, atRiskDays: 0 };
  const first = (c: number): number => (offsets[c]! < offsets[c + 1]! ? times[offsets[c]!]! : Infinity);
  for (let c = 0; c < risk.length; c++) {
    const isOpen = every || outcomes.offsets[c] === outcomes.offsets[c + 1];
    risk[c] = Math.max(0, (isOpen ? until[c]! : moments[outcomes.offsets[c]!]!) - first(c));
    drawn.atRiskDays += risk[c]! / DAY_MILLIS;
  }
  const byRisk = sortedOrder(risk);
  const risks = Float64Array.from(byRisk, (c) => risk[c]!);
  const outcomeFrom = (c: number, moment: number): number => firstFrom(moments, outcomes.offsets[c]!, outcomes.offsets[c + 1]!, moment);
  const stepFrom = (c: number, moment: number): number => firstFrom(times, offsets[c]!, offsets[c + 1]!, moment);
  const add = (c: number, moment: number, isCase: number): void => {
    const end = moment - plan.gap;
    const at = outcomeFrom(c, moment);
    // Behind the outcome before; moments are whole milliseconds.
    const since = every && at > outcomes.offsets[c]! ? moments[at - 1]! + 1 : -Infinity;
    drawn.from.push(stepFrom(c, Math.max(end - plan.lookback, since)));
    drawn.until.push(stepFrom(c, end));
    drawn.moments.push(moment);
    drawn.isCase.push(isCase);
  };
  for (let c = 0; c < risk.length; c++) {
    for (let k = outcomes.offsets[c]!; k < outcomes.offsets[c + 1]! && (every || k === outcomes.offsets[c]); k++) {
      const moment = moments[k]!;
      const elapsed = moment - first(c);
      if (!(elapsed > 0)) {
        drawn.withoutHistory++;
        continue;
      }
      add(c, moment, 1);
      const momentOf = (other: number): number => (calendar ? moment : first(other) + elapsed);
      const isFit = (other: number): boolean => {
        const since = momentOf(other) - first(other);
        if (other === c || !(since > 0 && since < risk[other]!)) return false;
        const at = every ? outcomeFrom(other, momentOf(other)) : -1;
        return !every || at === outcomes.offsets[other + 1] || moments[at] !== momentOf(other);
      };
      // Who was at risk for longer than the case.
      const pool = calendar ? byRisk : byRisk.subarray(firstFrom(risks, 0, risks.length, elapsed));
      for (const other of drawSome(pool, plan.controls, isFit, random)) add(other, momentOf(other), 0);
    }
  }
  return drawn;
}

/** So many of the pool that are fit, each once; all of them where there are no more. By lot, and only where that fails by looking at everybody. */
function drawSome(pool: Uint32Array, count: number, isFit: (c: number) => boolean, random: ReturnType<typeof createRandom>): readonly number[] {
  const drawn: number[] = [];
  if (pool.length > 4 * count) {
    for (let tries = 0; drawn.length < count && tries < 30 * count; tries++) {
      const c = pool[random.integer(pool.length)]!;
      if (!drawn.includes(c) && isFit(c)) drawn.push(c);
    }
    if (drawn.length === count) return drawn;
  }
  return Array.from(shuffle(pool.filter(isFit), random).subarray(0, count));
}
