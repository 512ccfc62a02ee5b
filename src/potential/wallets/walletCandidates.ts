import { fitQuantileRegression } from '../../learners/quantile/fitQuantileRegression.js';
import { fitNearestPeers } from '../../learners/peers/fitNearestPeers.js';
import { fitBoostedTrees } from '../../learners/trees/fitBoostedTrees.js';
import { quantileOfSorted } from '../../numeric/quantile.js';
import { fitFrontier, type FrontierFit, type FrontierLawName, type FrontierRows } from './frontierFit.js';
import { foldRows, gather, learnDesign, someData, withTarget, type DesignColumns, type WalletData } from './walletData.js';
import { timesColumns } from './timesColumns.js';
import { walletLines } from './walletLines.js';
import type { WalletEstimatorName, WalletLawState, WalletLineState, WalletState } from './walletState.js';

/** What a candidate says of customers that it was not learnt from. */
export interface MaskedRows {
  /** The line at every row, by what was learnt without its fold. */
  readonly line: Float64Array;
  /** ln sigmaU of every row. */
  readonly lnU: Float64Array;
  /** The law of each fold; none for quantiles. */
  readonly laws: readonly WalletLawState[];
}

/** A way to estimate wallets that can be judged and learnt. */
export interface WalletCandidate {
  readonly estimator: WalletEstimatorName;
  /** Judges itself; null where the spend shows no inefficiency. */
  mask(): MaskedRows | null;
  /** Learns from all rows of `data`. */
  learn(data: WalletData): WalletState;
}

/** The candidate of that name, for the rows it is judged on. */
export function walletCandidate(estimator: WalletEstimatorName, data: WalletData): WalletCandidate {
  if (estimator === 'treesFrontier') return treesFrontier(data);
  if (estimator === 'quantile' || estimator === 'treesQuantile' || estimator === 'peersQuantile') return quantileCandidate(estimator, data);
  return linearFrontier(estimator, data);
}

/** Where inefficiency must be visible in all rows, or the frontier is the spend. */
function linearFrontier(estimator: FrontierLawName, data: WalletData): WalletCandidate {
  const learnt = (from: WalletData): { design: DesignColumns; drivers: DesignColumns; fit: FrontierFit; rows: FrontierRows } => {
    const [design, drivers] = [learnDesign(from, from.features), learnDesign(from, from.drivers)];
    const rows = { columns: design.columns, drivers: drivers.columns, y: from.y, weights: from.weights };
    return { design, drivers, rows, fit: fitFrontier(rows, estimator) };
  };
  let whole: ReturnType<typeof learnt> | undefined;
  return {
    estimator,
    mask() {
      whole = learnt(data);
      if (!whole.fit.isVisible) return null;
      const { rows } = whole;
      const masked: MaskedRows & { laws: WalletLawState[] } = { line: new Float64Array(data.y.length), lnU: new Float64Array(data.y.length), laws: [] };
      for (let fold = 0; fold < data.folds; fold++) {
        const { train, test } = foldRows(data, fold);
        const { slopes, law } = fitFrontier(someRows(rows, train), estimator, whole.fit.start);
        masked.laws.push(law);
        const [line, lnU] = [timesColumns(rows.columns, slopes), timesColumns(rows.drivers, law.inefficiency)];
        for (const row of test) {
          masked.line[row] = line[row]!;
          masked.lnU[row] = lnU[row]!;
        }
      }
      return masked;
    },
    learn(from) {
      const { design, drivers, fit } = whole !== undefined && from === data ? whole : learnt(from);
      const line: WalletLineState = { kind: 'linear', terms: design.terms, slopes: [fit.slopes] };
      return { estimator, quantile: null, line, drivers: drivers.terms, laws: [fit.law], spread: [], root: fit.root, rootWidth: fit.rootWidth };
    },
  };
}

function someRows({ columns, drivers, y, weights }: FrontierRows, rows: Uint32Array): FrontierRows {
  const take = (values: Float64Array): Float64Array => gather(values, rows);
  return { columns: columns.map(take), drivers: drivers.map(take), y: take(y), weights: weights && take(weights) };
}

const LAWS: readonly FrontierLawName[] = ['halfNormal', 'exponential', 'heavyTails'];

/** The mean of ln spend by boosted trees, and the law of what it leaves out of fold (Fan, Li and Weersink, 1996). */
function treesFrontier(data: WalletData): WalletCandidate {
  const learnt = (from: WalletData): { line: WalletLineState; outOfFold: Float64Array; laws: WalletLawState[]; isVisible: boolean } => {
    const { line, outOfFold } = foldLines('treesFrontier', from);
    const residuals = from.y.map((y, i) => y - outOfFold[i]!);
    const ones = new Float64Array(from.y.length).fill(1);
    const rows = { columns: [ones], drivers: [ones], y: residuals, weights: from.weights };
    // Two parameters more must be worth it.
    const worth = ({ isVisible, logLikelihood }: FrontierFit, name: FrontierLawName): number => (isVisible ? logLikelihood - (name === 'heavyTails' ? Math.log(from.y.length) : 0) : -Infinity);
    const fits = LAWS.map((name) => ({ name, fit: fitFrontier(rows, name) })).sort((a, b) => worth(b.fit, b.name) - worth(a.fit, a.name));
    const [{ name, fit }] = fits as [(typeof fits)[number]];
    const laws = [fit, ...Array.from({ length: from.folds }, (_, fold) => fitFrontier(someRows(rows, foldRows(from, fold).train), name, fit.start))].map(({ slopes, law }) => ({ ...law, shift: slopes[0]! }));
    return { line, outOfFold, laws, isVisible: fit.isVisible };
  };
  let whole: ReturnType<typeof learnt> | undefined;
  return {
    estimator: 'treesFrontier',
    mask() {
      whole = learnt(data);
      const { outOfFold, laws } = whole;
      return whole.isVisible ? { line: outOfFold, lnU: new Float64Array(outOfFold.length).map((_, row) => laws[1 + (row % data.folds)]!.inefficiency[0]!), laws: laws.slice(1) } : null;
    },
    learn(from) {
      const { line, laws } = whole !== undefined && from === data ? whole : learnt(from);
      return { estimator: 'treesFrontier', quantile: null, line, drivers: [], laws, spread: [], root: [], rootWidth: 0 };
    },
  };
}

function quantileCandidate(estimator: 'quantile' | 'treesQuantile' | 'peersQuantile', data: WalletData): WalletCandidate {
  let whole: ReturnType<typeof foldLines> | undefined;
  return {
    estimator,
    mask() {
      whole = foldLines(estimator, data);
      return { line: whole.outOfFold, lnU: new Float64Array(0), laws: [] };
    },
    learn(from) {
      const { line, outOfFold } = whole !== undefined && from === data ? whole : foldLines(estimator, from);
      const residuals = from.y.map((y, i) => y - outOfFold[i]!).sort();
      const count = Math.min(residuals.length, 1001);
      const spread = Array.from({ length: count }, (_, k) => quantileOfSorted(residuals, k / Math.max(1, count - 1)));
      return { estimator, quantile: from.quantile, line, drivers: [], laws: [], spread, root: [], rootWidth: 0 };
    },
  };
}

/** A line learnt without each fold, and what each says of its own fold. */
function foldLines(estimator: WalletEstimatorName, data: WalletData): { line: WalletLineState; outOfFold: Float64Array } {
  if (estimator === 'peersQuantile') return peerLines(data);
  const outOfFold = new Float64Array(data.y.length);
  const learn = estimator === 'quantile' ? quantileLearner(data) : treesLearner(data, estimator === 'treesFrontier');
  const lines: WalletLineState[] = [];
  for (let fold = 0; fold < data.folds; fold++) {
    const { train, test } = foldRows(data, fold);
    const line = learn(someData(data, train), train);
    const part = someData(data, test);
    const predicted = walletLines(data.caller, line, data.quantile, part.table).main;
    test.forEach((row, i) => (outOfFold[row] = predicted[i]!));
    lines.push(line);
  }
  return { line: joined(estimator === 'quantile' ? [learn(data, null), ...lines] : lines), outOfFold };
}

type Learner = (part: WalletData, rows: Uint32Array | null) => WalletLineState;

function joined(lines: readonly WalletLineState[]): WalletLineState {
  const [first] = lines as [WalletLineState];
  if (first.kind === 'linear') return { ...first, slopes: lines.flatMap((line) => (line.kind === 'linear' ? line.slopes : [])) };
  return { kind: 'trees', models: lines.flatMap((line) => (line.kind === 'trees' ? line.models : [])) };
}

/** The quantile of ln spend as a sum of standardised columns, which are the same for all folds. */
function quantileLearner(data: WalletData): Learner {
  const { terms, columns } = learnDesign(data, data.features);
  const names = columns.slice(1).map((_, j) => `x${j}`);
  return (part, rows) => {
    const own = rows === null ? columns : columns.map((column) => gather(column, rows));
    const table = Object.fromEntries([...names.map((name, j) => [name, own[j + 1]!] as const), ['y', part.y] as const]);
    const model = fitQuantileRegression(table, { target: 'y', features: names, quantile: data.quantile, ...(part.weights && { weights: part.weights }) });
    const { coefficients } = model.fits[0]!;
    const slopes = ['(Intercept)', ...names].map((name) => coefficients.find((line) => line.name === name)?.estimate ?? 0);
    return { kind: 'linear', terms, slopes: [slopes] };
  };
}

function treesLearner(data: WalletData, isMean: boolean): Learner {
  return (part) => {
    const { table, target } = withTarget(part);
    const loss = isMean ? ({ loss: 'squared' } as const) : ({ loss: 'quantile', quantile: data.quantile } as const);
    const model = fitBoostedTrees(table, { target, features: data.features, ...loss, trees: 100, learningRate: 0.08, seed: data.seed, ...(part.weights && { weights: part.weights }) });
    return { kind: 'trees', models: [model.toJSON()] };
  };
}

/** Training rows a finder of peers keeps at most. */
const MOST_PEERS = 20_000;

/** Without a fold the peers are those of other folds: one finder serves all. */
function peerLines(all: WalletData): { line: WalletLineState; outOfFold: Float64Array } {
  const data = all.y.length > MOST_PEERS ? someData(all, Uint32Array.from({ length: MOST_PEERS }, (_, i) => i)) : all;
  const { table, target } = withTarget(data);
  const peers = Math.max(10, Math.min(100, Math.floor(data.y.length / 20)));
  const line: WalletLineState = { kind: 'peers', finder: fitNearestPeers(table, { target, features: data.features }).toJSON(), peers, groups: data.folds };
  const lines = walletLines(data.caller, line, data.quantile, all.table);
  return { line, outOfFold: lines.main.map((_, row) => lines.folds[row % data.folds]![row]!) };
}
