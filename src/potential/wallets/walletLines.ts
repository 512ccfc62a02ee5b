import { Encoding, encodeView, type DesignMatrix } from '../../data/encoding.js';
import type { EncodingTerm } from '../../data/encodingTerm.js';
import type { Column } from '../../data/column.js';
import type { TableLike, TableView } from '../../data/table.js';
import { NearestPeers } from '../../learners/peers/nearestPeers.js';
import { BoostedTreesScorer } from '../../learners/trees/boostedTreesScorer.js';
import { quantileOfSorted } from '../../numeric/quantile.js';
import type { WalletLineState } from './walletState.js';

/** A line for every row. */
export interface WalletLines {
  /** The line of all. */
  readonly main: Float64Array;
  /** What it is without each fold; none where a covariance tells the uncertainty. */
  readonly folds: readonly Float64Array[];
  /** Of linear lines. */
  readonly design: DesignMatrix | null;
}

/** The lines at some rows. */
export function walletLines(caller: string, line: WalletLineState, quantile: number | null, view: TableView): WalletLines {
  if (line.kind === 'linear') {
    const design = designOf(caller, line.terms, view);
    const [main, ...folds] = line.slopes.map((slopes) => timesDesign(design, slopes));
    return { main: main!, folds, design };
  }
  // Rows that are none have no columns either.
  if (view.rowCount === 0) return { main: new Float64Array(0), folds: Array.from({ length: line.kind === 'peers' ? line.groups : line.models.length }, () => new Float64Array(0)), design: null };
  const table = tableOf(view);
  if (line.kind === 'peers') return { ...peerLines(line, quantile!, table), design: null };
  const folds = line.models.map((model) => new BoostedTreesScorer(model).predict(table));
  const main = new Float64Array(view.rowCount);
  for (const fold of folds) for (let i = 0; i < main.length; i++) main[i]! += fold[i]! / folds.length;
  return { main, folds, design: null };
}

/** Raw rows as numbers; no columns where there are no terms. */
export function designOf(caller: string, terms: readonly EncodingTerm[], view: TableView): DesignMatrix {
  return encodeView(caller, new Encoding({ format: 'Encoding', formatVersion: 1, terms }), view);
}

/** slopes[0] + design times the others. */
export function timesDesign({ values, rowCount, columnCount }: DesignMatrix, slopes: readonly number[]): Float64Array {
  const sums = new Float64Array(rowCount);
  for (let i = 0, at = 0; i < rowCount; i++) {
    let sum = slopes[0]!;
    for (let j = 1; j <= columnCount; j++) sum += slopes[j]! * values[at++]!;
    sums[i] = sum;
  }
  return sums;
}

/** An opened table as functions take it that open tables themselves. */
function tableOf(view: TableView): TableLike {
  return { rowCount: view.rowCount, names: view.names, column: (name) => view.source(name) as Column };
}

/** The quantile of what the peers spend: of all, and of those outside each fold. */
function peerLines({ finder, peers, groups }: WalletLineState & { kind: 'peers' }, quantile: number, table: TableLike): { main: Float64Array; folds: Float64Array[] } {
  const { rows, width } = new NearestPeers(finder).peersOf(table, { peers });
  const lent = finder.target!.values;
  const main = new Float64Array(table.rowCount);
  const folds = Array.from({ length: groups }, () => new Float64Array(table.rowCount));
  const sorted = new Float64Array(width);
  for (let i = 0; i < table.rowCount; i++) {
    const near = rows.subarray(i * width, (i + 1) * width);
    for (let fold = -1; fold < groups; fold++) {
      let count = 0;
      for (const row of near) if (row >= 0 && row % groups !== fold) sorted[count++] = lent[row]!;
      const line = quantileOfSorted(sorted.subarray(0, count).sort(), quantile);
      if (fold < 0) main[i] = line;
      else folds[fold]![i] = count > 0 ? line : main[i]!;
    }
  }
  return { main, folds };
}
