import { contactsToCompare, contactsToProve } from './testSize.js';
import type { Cell, FoundSegment, Limits } from './actionValues.js';

/** One action to try in a segment. */
export interface TestArm {
  /** The name of the action. */
  readonly action: string;
  /** How many customers of the segment, chosen by lot, to contact with it. */
  readonly contacts: number;
  /** Whether it pays (against its break-even response), or whether it is better than the recommended one. */
  readonly question: 'does it pay' | 'is it best';
}

/** What to try in one segment. */
export interface SegmentTest {
  /** The name of the segment. */
  readonly segment: string;
  /** One line per action to try. */
  readonly arms: readonly TestArm[];
  /** How many customers, chosen by the same lot, not to contact: their purchases are what the responses have to exceed. */
  readonly holdout: number;
  /** How many customers the segment has. */
  readonly customers: number;
  /** Whether those are enough; if not, test longer, or segments together. */
  readonly fits: boolean;
}

/** An action below this probability of being best is not tried against the recommended one. */
const CONTENDER = 0.05;

/** The tests of segments in which nothing is known to pay, or the recommended action is not surely the best. */
export function planTests(found: readonly FoundSegment[], limits: Limits): SegmentTest[] {
  const alpha = (1 - limits.confidence) / 2;
  const proofs = new Map<number, number>();
  const prove = (cell: Cell): number => {
    const breakEven = cell.cost / cell.benefit;
    // Beyond a response of 1 there is nothing to find.
    const worth = Math.min(breakEven * (1 + limits.detect), (1 + breakEven) / 2);
    const contacts = proofs.get(breakEven) ?? contactsToProve(breakEven, worth, alpha, limits.power);
    proofs.set(breakEven, contacts);
    return contacts;
  };
  return found.flatMap(({ line, cells, chosen }): SegmentTest[] => {
    const { segment, customers, verdict, actions } = line;
    const best = chosen && cells[chosen.place]!;
    if (verdict === 'leave' || customers === 0 || (chosen && actions[chosen.place]!.bestProbability >= limits.certainty)) return [];
    const arms = cells.flatMap((cell, a): TestArm[] => {
      const { evidence, bestProbability } = actions[a]!;
      if (cell === best || evidence === 'loses' || (best && bestProbability < CONTENDER)) return [];
      if (evidence === 'none') return [{ action: cell.action, contacts: prove(cell), question: 'does it pay' }];
      return [{ action: cell.action, contacts: compare(best!, cell, limits, alpha), question: 'is it best' }];
    });
    if (arms.length === 0) return [];
    const most = Math.max(...arms.map(({ contacts }) => contacts));
    if (best) arms.unshift({ action: best.action, contacts: most, question: 'is it best' });
    // What all arms are compared with deserves more customers than each of them (Dunnett, 1955).
    const holdout = Math.ceil(most * Math.sqrt(arms.length));
    return [{ segment, arms, holdout, customers, fits: arms.reduce((sum, { contacts }) => sum + contacts, holdout) <= customers }];
  });
}

/** To tell what is expected to differ, but at least what is worth knowing. */
function compare(best: Cell, other: Cell, { detect, power }: Limits, alpha: number): number {
  const [a, b] = [best, other].map(({ mean, benefit, cost }) => ({ net: mean * benefit - cost, variance: mean * (1 - mean) * benefit ** 2 })) as [Figures, Figures];
  const worthKnowing = detect * Math.max(best.cost, other.cost, Math.min(Math.abs(a.net), Math.abs(b.net)));
  return contactsToCompare(Math.max(Math.abs(a.net - b.net), worthKnowing), a.variance + b.variance, alpha, power);
}

interface Figures {
  readonly net: number;
  readonly variance: number;
}
