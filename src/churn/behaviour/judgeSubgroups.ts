import { wilsonRate } from '../../evaluation/intervals.js';
import type { TraitColumn } from '../../evaluation/traitCandidates.js';
import { hypergeometricP } from '../../numeric/hypergeometric.js';
import { createRandom, shuffle } from '../../numeric/random.js';
import type { LeavingSubgroup } from './leavingSubgroups.js';
import { bitsWhere, countCommon, countOn, type Selector, type SubgroupTask } from './subgroupSearch.js';

/** The options, completed. */
export interface SubgroupSettings {
  readonly maxConditions: number;
  readonly top: number;
  readonly minCustomers: number | undefined;
  readonly bands: number;
  readonly holdout: number;
  readonly falseDiscoveryRate: number;
  readonly keepRedundant: boolean;
  readonly rankBy: 'excess' | 'rate';
  readonly seed: number;
  /** 1: where leaving is frequent, -1: where it is rare. */
  readonly sign: 1 | -1;
  /** The multiplier of intervals. */
  readonly z: number;
}

/** Rows that search and rows that judge, with leavers in the same share. */
export function partsOf(known: Uint32Array, labels: Int8Array, { holdout, seed }: SubgroupSettings): [Uint32Array, Uint32Array] {
  if (holdout === 0) return [known, known];
  const order = Array.from(known);
  shuffle(order, createRandom(seed));
  const parts: [number[], number[]] = [[], []];
  for (const label of [0, 1]) {
    const rows = order.filter((row) => labels[row] === label);
    const judging = Math.round(holdout * rows.length);
    rows.forEach((row, i) => parts[i < judging ? 1 : 0].push(row));
  }
  return [Uint32Array.from(parts[0]).sort(), Uint32Array.from(parts[1]).sort()];
}

/** A condition by its codes. */
export interface SubgroupSelector extends Selector {
  readonly low: number;
  readonly high: number;
}

/** Each value of each column; of bands also those from the first up to each, and from each up to the last. */
export function selectorsOf(columns: readonly TraitColumn[], rows: Uint32Array): SubgroupSelector[] {
  return columns.flatMap(({ codes, texts, bands }, column) => {
    const ranges = texts.map((text, code) => ({ low: code, high: code, text }));
    const last = (bands?.count ?? 0) - 1;
    for (let band = 1; band < last; band++) {
      ranges.push({ low: 0, high: band, text: bands!.text(0, band) }, { low: band, high: last, text: bands!.text(band, last) });
    }
    return ranges.map(({ low, high, text }) => ({ column, low, high, text, rows: bitsWhere(rows.length, (i) => codes[rows[i]!]! >= low && codes[rows[i]!]! <= high) }));
  });
}

/** What is looked for, among the rows that search. */
export function taskOf(selectors: readonly Selector[], labels: Int8Array, rows: Uint32Array, { minCustomers, rankBy, sign, maxConditions, top, keepRedundant }: SubgroupSettings, customers: number): SubgroupTask {
  const events = bitsWhere(rows.length, (i) => labels[rows[i]!] === 1);
  const fewest = Math.max(1, ((minCustomers ?? Math.max(50, customers / 50)) * rows.length) / customers);
  return { selectors, events, rowCount: rows.length, eventCount: countOn(events), sign, maxConditions, fewest, top, rankBy, keepsRedundant: keepRedundant };
}

/** What judging needs. */
export interface SubgroupJudges {
  readonly columns: readonly TraitColumn[];
  readonly labels: Int8Array;
  readonly judge: Uint32Array;
  readonly known: Uint32Array;
}

/** The figures of a subgroup on the rows that judge. */
export function judgeSubgroup(terms: readonly SubgroupSelector[], { columns, labels, judge, known }: SubgroupJudges, { z, holdout }: SubgroupSettings): LeavingSubgroup {
  const meets = (row: number): boolean => terms.every(({ column, low, high }) => columns[column]!.codes[row]! >= low && columns[column]!.codes[row]! <= high);
  const inside = bitsWhere(judge.length, (i) => meets(judge[i]!));
  const events = bitsWhere(judge.length, (i) => labels[judge[i]!] === 1);
  const [size, left, total] = [countOn(inside), countCommon(inside, events), countOn(events)];
  const rate = size === 0 ? { estimate: 0, lower: 0, upper: 1 } : wilsonRate(left, size, z);
  return {
    text: terms.map(({ text }) => text).join(' and '),
    conditions: terms.map(({ column, text }) => ({ feature: columns[column]!.feature, text })),
    customers: known.reduce((count, row) => count + (meets(row) ? 1 : 0), 0),
    rate,
    lift: (rate.estimate * judge.length) / total,
    coverage: left / total,
    excess: (left - (size * total) / judge.length) / judge.length,
    p: holdout === 0 ? null : hypergeometricP(left, size, total, judge.length),
    q: null,
  };
}
