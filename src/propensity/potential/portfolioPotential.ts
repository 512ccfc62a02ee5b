import { ClientelaError } from '../../errors.js';
import { requireKnownOptions } from '../../data/options.js';
import type { TableInput } from '../../data/table.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import { readCellAmounts, type CellAmounts } from '../cells/cellAmounts.js';
import type { Eligibility } from '../cells/eligibility.js';
import { possible, requireSameCells } from '../cells/expectedMargin.js';
import type { PropensityCells } from '../cells/propensityCells.js';
import { requireCells } from '../cells/requireCells.js';
import { chosenCells, type CellChoice, type ChosenProducts } from './chosenCells.js';
import { potentialLevel, type LevelTerms, type PotentialLevel } from './potentialLevel.js';
import { readDimensions } from '../../data/readDimensions.js';

/** What the units are worth, along which dimensions, and which cells are to be had; all optional. */
export interface PortfolioPotentialOptions {
  /** What one unit brings in, for `revenue`: by product, by cell, or a function. @defaultValue no revenue */
  readonly price?: CellAmounts;
  /** What one unit earns, for `margin`. @defaultValue no margin */
  readonly margin?: CellAmounts;
  /** What it costs to offer a product, taken or not; taken off the margin for every cell that counts. @defaultValue 0 */
  readonly contactCost?: CellAmounts;
  /** A table with one row for each of the customers of the cells, in their order: its columns are the dimensions (segment, region). @defaultValue none */
  readonly by?: TableInput;
  /** Which columns of `by`. @defaultValue all that are not identifiers */
  readonly dimensions?: readonly string[];
  /** Whether each group is also given by product. @defaultValue false */
  readonly crossed?: boolean;
  /** Who may be offered what. @defaultValue whoever has a probability */
  readonly eligibility?: Eligibility;
  /**
   * The cells a plan serves: what `idealBasket` gives for these cells, or rows of customer and product, all with a probability; a cell named twice counts once.
   * @defaultValue none
   */
  readonly plan?: ChosenProducts | readonly CellChoice[];
  /** Of the intervals. @defaultValue 0.95 */
  readonly confidence?: number;
}

/** The sales potential of a portfolio at three levels; see {@link portfolioPotential}. */
export interface PortfolioPotential {
  /** Of the intervals. */
  readonly confidence: number;
  /** False when nobody knows how sure the probabilities are: the intervals then hold chance only, and are too narrow. */
  readonly includesParameters: boolean;
  /** Products of which no cell has a probability, as their model is not good enough to be used, or everybody holds them: nothing of them is in any figure. */
  readonly withoutProbability: readonly string[];
  /** All cells with a probability. */
  readonly unconstrained: PotentialLevel;
  /** Those that may be offered; the same as `unconstrained` without `eligibility`. */
  readonly eligible: PotentialLevel;
  /** Those a plan serves, whatever `eligibility` says of them; null without `plan`. */
  readonly constrained: PotentialLevel | null;
}

const OPTIONS = ['price', 'margin', 'contactCost', 'by', 'dimensions', 'crossed', 'eligibility', 'plan', 'confidence'] as const;

/**
 * How much the whole portfolio would still take: units, revenue and margin, in total, by product and by any dimension, with intervals.
 *
 * Each figure has two. `lower` to `upper` is where the outcome will lie; `expectation` where its true mean lies. The outcome varies by chance, as each customer
 * decides alone (sums of p (1 - p), with their skewness: the Poisson-binomial law), and its mean is not known exactly, as the probabilities were learnt from
 * finitely many customers. The second part hardly shrinks when sums grow over more cells, as they share the parameters; at the level of a portfolio it is
 * most of the uncertainty, and an interval of chance alone misses. It is taken from `cells.uncertainty`, with all covariances between customers and groups:
 * the error of a total is not what one would get from independent groups. Without it `includesParameters` is false. Errors of different products are
 * taken as independent. Products without probabilities add nothing: `withoutProbability` names them.
 *
 * Totals agree over products and dimensions to rounding; ends of intervals do not add up, and must not. Cells that a plan has chosen by their estimated
 * value are chosen by their errors too: their expectation is somewhat too high.
 *
 * O(cells × dimensions), and the covariances.
 *
 * @param cells - customers × products with probabilities, those of a propensity matrix
 * @param options - price, margin, dimensions, what may be offered, what a plan serves
 * @returns the three levels
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `INVALID_OPTION`, `INVALID_VALUE`, `LENGTH_MISMATCH`, `UNKNOWN_COLUMN`, `COLUMN_KIND`, `UNKNOWN_ID`, `DUPLICATE_ID`
 * @example
 * ```ts
 * const cells = { customers: ['ann', 'bob', 'cleo'], products: ['card', 'loan'], probability: Float64Array.of(0.5, 0.1, NaN, 0.2, 0.5, NaN) };
 * const potential = portfolioPotential(cells, { margin: { card: 30, loan: 400 }, by: { region: ['north', 'south', 'north'] } });
 * potential.unconstrained.total.units.estimate; // => 1.3
 * potential.unconstrained.total.margin?.estimate; // => 150
 * potential.unconstrained.by['region']?.map(({ name, units }) => [name, units.estimate]); // => [['north', 1.1], ['south', 0.2]]
 * potential.includesParameters; // => false
 * ```
 */
export function portfolioPotential(cells: PropensityCells, options: PortfolioPotentialOptions = {}): PortfolioPotential {
  const caller = 'portfolioPotential';
  requireKnownOptions(caller, options, OPTIONS);
  requireCells(caller, cells);
  const { by, dimensions, crossed = false, eligibility, plan, confidence = 0.95 } = options;
  requireSameCells(caller, cells, eligibility);
  const terms: LevelTerms = {
    cells,
    z: normalMultiplier(caller, confidence),
    crossed,
    ...readMoney(caller, cells, options),
    dimensions: by === undefined ? [] : readDimensions(caller, by, dimensions, cells.customers.length),
  };
  const unconstrained = potentialLevel(terms, cells.probability);
  return {
    confidence,
    includesParameters: cells.uncertainty !== undefined,
    withoutProbability: unconstrained.products.flatMap((row, product) => (row.cells === 0 ? [cells.products[product]!] : [])),
    unconstrained,
    eligible: eligibility === undefined ? unconstrained : potentialLevel(terms, possible(cells, eligibility)),
    constrained: plan === undefined ? null : potentialLevel(terms, chosenCells(caller, plan, cells)),
  };
}

function readMoney(caller: string, cells: PropensityCells, { price, margin, contactCost }: PortfolioPotentialOptions): Pick<LevelTerms, 'price' | 'margin' | 'contactCost'> {
  if (contactCost !== undefined && margin === undefined) {
    throw new ClientelaError('INVALID_OPTION', `${caller} takes contactCost off the margin, and found none; give margin`, { option: 'contactCost' });
  }
  return {
    price: price === undefined ? null : readCellAmounts(caller, price, cells, { option: 'price', negative: false }),
    margin: margin === undefined ? null : readCellAmounts(caller, margin, cells, { option: 'margin', negative: true }),
    contactCost: contactCost === undefined ? null : readCellAmounts(caller, contactCost, cells, { option: 'contactCost', other: 0, negative: false }),
  };
}
