import type { UpliftRules } from './upliftTreeOptions.js';

/** The criteria as numbers, for the loops. */
const CRITERIA = ['squared difference', 'effect variance', 'KL', 'chi'] as const;
const [SQUARED, VARIANCE, KL] = [0, 1, 2] as const;

/** How far outcomes with treatment are from those under control: s the sum of outcomes, w the weight of the rows. Shares are drawn to 1/2 by two rows (Laplace), so that none is 0. */
function divergence(criterion: number, s: number, w: number, controlS: number, controlW: number): number {
  if (criterion === SQUARED || criterion === VARIANCE) {
    const uplift = s / w - controlS / controlW;
    return uplift * uplift;
  }
  const p = (s + 1) / (w + 2);
  const q = (controlS + 1) / (controlW + 2);
  if (criterion === KL) return p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
  return ((p - q) * (p - q)) / (q * (1 - q));
}

/**
 * What a split gains. Sums are pairs, outcome and weight, one an arm, control first; those of the right side are the node's less the left ones.
 *
 * Divergence criteria: (N_left D_left + N_right D_right) / N - D, with D the divergence summed over the treatments and N the rows by weight. Effect variance:
 * N_left N_right / N² times the squared difference of the sides' uplifts, summed over the treatments.
 */
export function splitGain(criterion: number, left: Float64Array, node: Float64Array, armCount: number): number {
  const s0 = left[0]!;
  const w0 = left[1]!;
  const rightS0 = node[0]! - s0;
  const rightW0 = node[1]! - w0;
  let leftRows = w0;
  let rightRows = rightW0;
  let onLeft = 0;
  let onRight = 0;
  let parent = 0;
  let between = 0;
  for (let arm = 1; arm < armCount; arm++) {
    const s = left[2 * arm]!;
    const w = left[2 * arm + 1]!;
    const rightS = node[2 * arm]! - s;
    const rightW = node[2 * arm + 1]! - w;
    leftRows += w;
    rightRows += rightW;
    if (criterion === VARIANCE) {
      const difference = s / w - s0 / w0 - (rightS / rightW - rightS0 / rightW0);
      between += difference * difference;
    } else {
      onLeft += divergence(criterion, s, w, s0, w0);
      onRight += divergence(criterion, rightS, rightW, rightS0, rightW0);
      parent += divergence(criterion, node[2 * arm]!, node[2 * arm + 1]!, node[0]!, node[1]!);
    }
  }
  const rows = leftRows + rightRows;
  return criterion === VARIANCE ? (between * leftRows * rightRows) / (rows * rows) : (onLeft * leftRows + onRight * rightRows) / rows - parent;
}

/**
 * What the gain is divided by (Rzepakowski and Jaroszewicz, 2012): I(arms) D(test in treatment : test in control) + the mean over the arms of I(test) + 1/2, where I is the
 * entropy with KL and Gini's impurity otherwise, and D the divergence of the criterion. Of several treatments each is taken against control, and they count by their rows.
 */
export function splitNorm(criterion: number, left: Float64Array, node: Float64Array, armCount: number): number {
  const impurity = criterion === KL ? entropy : gini;
  const control = node[1]!;
  let rows = control;
  for (let arm = 1; arm < armCount; arm++) rows += node[2 * arm + 1]!;
  let norm = 0.5 + (control / rows) * impurity(left[1]! / control);
  for (let arm = 1; arm < armCount; arm++) {
    const treated = node[2 * arm + 1]!;
    const goesLeft = left[2 * arm + 1]!;
    const test = testDivergence(criterion, goesLeft, treated, left[1]!, control);
    norm += (treated / (rows - control)) * impurity(treated / (treated + control)) * test + (treated / rows) * impurity(goesLeft / treated);
  }
  return norm;
}

// Of the two shares, left and right, both differ by as much: the squared difference counts twice.
function testDivergence(criterion: number, s: number, w: number, controlS: number, controlW: number): number {
  return divergence(criterion, s, w, controlS, controlW) * (criterion <= VARIANCE ? 2 : 1);
}

function gini(p: number): number {
  return 2 * p * (1 - p);
}

function entropy(p: number): number {
  return p <= 0 || p >= 1 ? 0 : -p * Math.log(p) - (1 - p) * Math.log(1 - p);
}

/** The place of a criterion in the list. */
export function criterionCode({ criterion }: Pick<UpliftRules, 'criterion'>): number {
  return CRITERIA.indexOf(criterion);
}
