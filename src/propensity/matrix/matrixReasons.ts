import { sigmoid } from '../../numeric/sigmoid.js';
import type { SparseRows } from '../../numeric/sparseRows.js';
import type { EngineMethod } from './engines.js';
import type { PropensityMethod } from './matrixOptions.js';
import type { MatrixScorer } from './matrixScorer.js';
import { scoreRows, type Designs } from './scoreRows.js';
import type { ReadRow } from './propensityRow.js';

/** One thing that moves the probability of a product. */
export interface PropensityReason {
  /** In the words of the data: `age 30 to 39`, `holds card`. */
  readonly reason: string;
  /** What the odds are multiplied by: above 1 speaks for the product. */
  readonly factor: number;
  /** The probability if the customer were average in this; for a product held, without it. */
  readonly probabilityWithout: number;
}

/** What moves the probability of one product for one customer, the strongest first. */
export function reasonsFor(caller: string, scorer: MatrixScorer, designs: Designs, read: ReadRow, product: number, methods: readonly PropensityMethod[], products: readonly string[]): PropensityReason[] {
  const rowsOf = (held: SparseRows): ReturnType<typeof scoreRows> => scoreRows(caller, designs, held, read.profile);
  const rows = rowsOf(read.held);
  const all = scorer.logOdds(rows, product, methods, null);
  const reasons: { readonly reason: string; readonly without: number }[] = [];
  for (const column of read.held.columns) {
    if (column === product) continue;
    reasons.push({ reason: `holds ${products[column]!}`, without: scorer.logOdds(rowsOf(withoutColumn(read.held, column)), product, methods, null) });
  }
  for (const [reason, amounts] of traitsOf(scorer, rows, product)) reasons.push({ reason, without: scorer.logOdds(rows, product, methods, amounts) });
  return reasons
    .filter(({ without }) => without !== all)
    .map(({ reason, without }) => ({ reason, factor: Math.exp(all - without), probabilityWithout: sigmoid(without) }))
    .sort((a, b) => Math.abs(Math.log(b.factor)) - Math.abs(Math.log(a.factor)));
}

/** What each trait of the profile adds in each regression; products held are looked at by leaving them out. */
function traitsOf(scorer: MatrixScorer, rows: ReturnType<typeof scoreRows>, product: number): Map<string, Map<EngineMethod, number>> {
  const traits = new Map<string, Map<EngineMethod, number>>();
  for (const [method, contributions] of scorer.contributions(rows, product)) {
    for (const { name, contribution, ofProfile } of contributions) {
      if (!ofProfile) continue;
      const amounts = traits.get(name) ?? new Map<EngineMethod, number>();
      amounts.set(method, contribution);
      traits.set(name, amounts);
    }
  }
  return traits;
}

function withoutColumn({ columnCount, columns }: SparseRows, column: number): SparseRows {
  const kept = columns.filter((held) => held !== column);
  return { rowCount: 1, columnCount, offsets: Uint32Array.of(0, kept.length), columns: kept, values: null };
}
