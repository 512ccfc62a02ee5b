import type { CoxTest } from '../coxState.js';
import type { HazardChange, ProportionalHazardsTerm } from './proportionalHazardsTest.js';

/** What the advice is drawn from. */
export interface AdviceTask {
  readonly terms: readonly ProportionalHazardsTerm[];
  readonly global: CoxTest;
  readonly earlyTime: number;
  readonly lateTime: number;
  readonly level: number;
  readonly strata: string | null;
  readonly events: number;
}

/** From so many events on a departure that does not matter is found, too. */
const MANY_EVENTS = 1000;

/** In words: for which features hazards are not proportional, the surest first, how their effect moves, and what to do. */
export function hazardAdvice(task: AdviceTask): string[] {
  const { terms, global, level, events } = task;
  const found = terms.filter(({ p }) => p < level).sort((a, b) => a.p - b.p);
  if (found.length === 0) {
    if (global.p < level) return [`All features together speak against proportional hazards (p = ${short(global.p)}), none does alone; look at the scaled Schoenfeld residuals`];
    return [`Nothing speaks against proportional hazards (p = ${short(global.p)}, ${events} events${events < 50 ? ': too few to find any but large departures' : ''})`];
  }
  const lines = found.map((term) => adviceOn(term, task));
  if (events >= MANY_EVENTS) lines.push(`With ${events} events small departures are found, too: judge by how far the hazard ratios move, and by predictions on other rows`);
  return lines;
}

function adviceOn({ feature, p, changes }: ProportionalHazardsTerm, { earlyTime, lateTime, strata }: AdviceTask): string {
  // Of a category the level that moves most.
  const most = changes.reduce((a, b) => (moved(b) > moved(a) ? b : a));
  const isCategory = most.name.startsWith(`${feature}=`);
  const remedy = isCategory && strata === null
    ? `give it baseline hazards of its own (strata: '${feature}') if its hazard ratios are not needed; otherwise`
    : '';
  return `${feature}: its effect ${direction(most)} with time (p = ${short(p)}); ${most.name} multiplies the hazard by ${short(most.early)} around ${short(earlyTime)}, by ${short(most.late)} around ${short(lateTime)}. ` +
    `What to do: ${remedy}${remedy === '' ? '' : ' '}cut the rows in time (splitEpisodes) and let its coefficient differ between the stretches, or use a discrete-time model`;
}

function moved({ early, late }: HazardChange): number {
  return Math.abs(Math.log(late / early));
}

function direction({ early, late }: HazardChange): string {
  const [first, last] = [Math.log(early), Math.log(late)];
  if (first * last < 0) return 'turns round';
  return Math.abs(last) < Math.abs(first) ? 'fades' : 'grows';
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
