import { fitColumns, slopesOf, type CardFit, type CardProblem, type EvidenceColumn } from './cardProblem.js';
import type { LeftOutFeature } from './scorecardState.js';
import { stepForward } from './stepForward.js';

/** How the features of a card are chosen. */
export interface FeatureChoice {
  readonly selection: 'information value' | 'stepwise' | 'all';
  readonly minInformationValue: number;
  readonly maxCorrelation: number;
}

/** The features of a card, and their fit. */
export interface ChosenFeatures extends CardFit {
  readonly columns: readonly EvidenceColumn[];
  readonly leftOut: readonly LeftOutFeature[];
  readonly wrongSigned: readonly string[];
}

/** Notes a feature that is not on the card. */
export type LeaveOut = (column: EvidenceColumn, reason: LeftOutFeature['reason'], explanation: string) => void;

/** Leaves out what tells too little, what repeats another feature, and what would turn its own evidence upside down. */
export function chooseFeatures(problem: CardProblem, choice: FeatureChoice): ChosenFeatures {
  const leftOut: LeftOutFeature[] = [];
  const leaveOut: LeaveOut = ({ name, binning }, reason, explanation) => leftOut.push({ feature: name, informationValue: binning.iv, reason, explanation });
  const ofAll = choice.selection === 'all';
  const telling = informative(problem.columns, ofAll ? 0 : choice.minInformationValue, leaveOut);
  let columns = ofAll ? telling : uncorrelated(problem, telling, choice.maxCorrelation, leaveOut);
  if (choice.selection === 'stepwise') columns = stepForward(problem, columns, leaveOut);
  for (;;) {
    const { model, separated } = fitColumns(problem, columns);
    const slopes = slopesOf(model, columns);
    const alias = columns.length > 0 ? model.aliased[0] : undefined;
    const wrong = columns.filter((_, j) => slopes[j]! * problem.sign <= 0);
    const worst = alias ? columns[Number(alias.name)]! : wrong.at(-1);
    if (worst === undefined || (ofAll && alias === undefined)) return { columns, model, separated, leftOut, wrongSigned: wrong.map(({ name }) => name) };
    if (alias) leaveOut(worst, 'aliased', `its evidence is determined exactly by ${alias.combinationOf.map((name) => columns[Number(name)]?.name ?? name).join(' and ')}`);
    else leaveOut(worst, 'sign', `beside the others its coefficient is ${slopes[columns.indexOf(worst)]!.toFixed(3)}, which turns its own evidence upside down`);
    columns = columns.filter((column) => column !== worst);
  }
}

function informative(columns: readonly EvidenceColumn[], least: number, leaveOut: LeaveOut): EvidenceColumn[] {
  return columns.filter((column) => {
    const { iv } = column.binning;
    // An evidence that rounding alone tells from 0 is none.
    if (iv >= least && iv > 1e-12 && column.squares > 0) return true;
    leaveOut(column, 'information value', iv > 1e-12 && iv < least ? `its information value of ${iv.toPrecision(2)} is below ${least}` : 'its evidence is the same for all rows');
    return false;
  });
}

/** Of two columns that say nearly the same, the one that tells more. O(rows * columns^2). */
function uncorrelated({ weights }: CardProblem, columns: readonly EvidenceColumn[], most: number, leaveOut: LeaveOut): EvidenceColumn[] {
  const kept: EvidenceColumn[] = [];
  for (const column of columns) {
    const twin = most < 1 ? kept.find((other) => Math.abs(correlation(column, other, weights)) > most) : undefined;
    if (twin === undefined) kept.push(column);
    else leaveOut(column, 'correlation', `its evidence has a correlation of ${correlation(column, twin, weights).toFixed(3)} with that of ${twin.name}, which tells more`);
  }
  return kept;
}

function correlation(a: EvidenceColumn, b: EvidenceColumn, weights: Float64Array | null): number {
  const [x, y] = [a.values, b.values];
  const [centerX, centerY] = [a.mean, b.mean];
  let sum = 0;
  if (weights === null) for (let row = 0; row < x.length; row++) sum += (x[row]! - centerX) * (y[row]! - centerY);
  else for (let row = 0; row < x.length; row++) sum += weights[row]! * (x[row]! - centerX) * (y[row]! - centerY);
  return sum / Math.sqrt(a.squares * b.squares);
}
