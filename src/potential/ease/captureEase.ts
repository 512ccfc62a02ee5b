import { requireKnownOptions } from '../../data/options.js';
import { requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import { describeValue } from '../../data/instant.js';
import { frozenCopy } from '../../data/frozenCopy.js';
import { readTable, type TableInput, type TableView } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { applyCalibrator } from '../../learners/calibration/calibratedModel.js';
import { Calibrator } from '../../learners/calibration/calibrator.js';
import { LogisticRegression } from '../../learners/logisticRegression.js';
import { BoostedTrees } from '../../learners/trees/boostedTrees.js';
import type { PotentialColumns } from '../aggregate/potentialColumns.js';
import { asTable } from '../door/readSpenders.js';
import type { CaptureEaseReport, CaptureEaseState } from './captureEaseState.js';
import { inputColumn, INPUT_WORDS, readEaseRows, type EaseInput, type EaseRows } from './easeRows.js';

/** What an ease reads of the potential of one customer; what a `MarketPotential` says of a row is more. */
export interface EasePotential {
  /** What the customer spends now. */
  readonly present: number;
  /** What it could bring; `present` or more. */
  readonly potential: number;
  /** Share of wallet. @defaultValue present / potential */
  readonly share?: number;
  /** Lower end of the interval of the potential. */
  readonly potentialLower?: number;
  /** Upper end. */
  readonly potentialUpper?: number;
  /** Probability of being in the market. @defaultValue 1 */
  readonly participation?: number;
}

/** One reason for an ease. */
export interface EaseReason {
  /** The column of the data, or a built-in input such as `potential.share`. */
  readonly feature: string;
  /** What the customer has there; amounts as amounts. */
  readonly value: unknown;
  /** Whether it makes winning easier or harder than for the average customer. */
  readonly direction: 'raises' | 'lowers';
  /** By how much, in log-odds before calibration. */
  readonly contribution: number;
  /** The same as a factor on the odds. */
  readonly oddsFactor: number;
  /** In words: `share of wallet = 0.2 raises the odds 1.4 times`. */
  readonly text: string;
}

/** Why a customer has its ease. */
export interface CaptureEaseExplanation {
  /** The ease. */
  readonly ease: number;
  /** What gave it: the model, the same rate for all, or that there is nothing to win. */
  readonly by: 'model' | 'rate' | 'noHeadroom';
  /** Log-odds of the average customer, before calibration; null without a model. */
  readonly baseline: number | null;
  /** baseline + all contributions; null without a model. */
  readonly margin: number | null;
  /** The strongest first; empty without a model. */
  readonly reasons: readonly EaseReason[];
}

/** How to explain an ease. */
export interface EaseReasonOptions {
  /** How many reasons at most. @defaultValue all */
  readonly top?: number;
  /** What customers call a column, for the text: `{ tenure: 'years with us', 'potential.share': 'our share' }`. */
  readonly words?: Readonly<Record<string, string>>;
}

/**
 * How easily the headroom of each customer is won: learnt by `fitCaptureEase`, applied to anybody with the same columns, and kept as JSON.
 *
 * @example
 * ```ts
 * import { fitCaptureEase } from 'clientela/potential';
 * const customers = Array.from({ length: 120 }, (_, i) => ({ visits: i % 6 }));
 * const potentials = { present: customers.map((_, i) => 10 + (i % 7)), potential: customers.map((_, i) => 30 + (i % 7)) };
 * const later = customers.map((_, i) => 10 + (i % 7) + (i % 6 > (i * 5) % 7 ? 8 : 0));
 * const stored = JSON.stringify(fitCaptureEase(customers, { potentials, later }));
 * const ease = CaptureEase.fromJSON(JSON.parse(stored));
 * ease.predictRow({ visits: 5 }, { present: 12, potential: 30 }) > ease.predictRow({ visits: 0 }, { present: 12, potential: 30 }); // => true
 * ease.explain({ visits: 5 }, { present: 12, potential: 30 }).reasons[0]?.feature; // => 'visits'
 * ```
 */
export class CaptureEase {
  /** Share of the headroom that counts as captured. */
  readonly step: number;
  /** Within which time, in words; null where nobody said. */
  readonly horizon: string | null;
  /** The columns a row must have beside its potential. */
  readonly features: readonly string[];
  /** How it was learnt and how good it is on customers left out. */
  readonly report: CaptureEaseReport;
  readonly #state: CaptureEaseState;
  readonly #model: LogisticRegression | BoostedTrees | null;
  readonly #calibrator: Calibrator | null;

  /** @internal */
  constructor(given: CaptureEaseState) {
    const { model, ...rest } = given;
    // The model freezes its own; a copy of large trees would be for nothing.
    const state = { ...frozenCopy(rest), model };
    this.#state = state;
    this.#model = model === null ? null : model.format === 'BoostedTrees' ? BoostedTrees.fromJSON(model) : LogisticRegression.fromJSON(model);
    this.#calibrator = state.calibrator && Calibrator.fromJSON(state.calibrator);
    this.step = state.step;
    this.horizon = state.horizon;
    this.features = (this.#model?.features ?? []).filter((name) => !Object.hasOwn(INPUT_WORDS, name));
    this.report = state.report;
  }

  /**
   * The ease that {@link CaptureEase.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same ease: what it predicts is equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): CaptureEase {
    return restored('CaptureEase', () => {
      const state = requireSavedModel('CaptureEase', 1, json, 'step', 'minHeadroomShare', 'rate', 'report');
      // Null says that there is a rate only; nothing at all, that the JSON is damaged.
      if (state['model'] === undefined || state['calibrator'] === undefined) throw new ClientelaError('MODEL_FORMAT', 'CaptureEase.fromJSON needs model and calibrator, found none; the JSON is damaged');
      return new CaptureEase(state as unknown as CaptureEaseState);
    });
  }

  /**
   * The probability of every customer to capture at least `step` of its headroom within the horizon; 0 for whoever has no headroom.
   *
   * @param data - raw rows, with every column of `features`
   * @param potentials - of the same customers, in the order of the rows: what `MarketPotential.predict` gives
   * @returns numbers in [0, 1], in the order of the rows
   * @throws a {@link ClientelaError} `LENGTH_MISMATCH`, `UNKNOWN_COLUMN`, `INVALID_INPUT`, `INVALID_VALUE` or `NON_FINITE_VALUE`
   */
  predict(data: TableInput, potentials: PotentialColumns): Float64Array {
    return this.#predict('CaptureEase.predict', data, potentials);
  }

  /**
   * The same for one customer, equal to the last bit to what the batch gives.
   *
   * @param row - a raw row, with every column of `features`
   * @param potential - its potential: what `MarketPotential.predictRow` gives
   * @returns a number in [0, 1]
   * @throws a {@link ClientelaError} as {@link CaptureEase.predict}
   */
  predictRow(row: object, potential: EasePotential): number {
    return this.#predict('CaptureEase.predictRow', [row], columnsOf('CaptureEase.predictRow', potential))[0]!;
  }

  /**
   * Why a customer has its ease: what each feature and built-in input adds to the log-odds of the average customer, before calibration, which
   * never turns the order round (a Platt slope below 0 aside).
   *
   * @param row - a raw row, with every column of `features`
   * @param potential - its potential
   * @param options - `top`: how many reasons at most; `words`: what customers call a column
   * @returns the ease, and the reasons that move it, the strongest first
   * @throws a {@link ClientelaError} as {@link CaptureEase.predict}
   */
  explain(row: object, potential: EasePotential, options: EaseReasonOptions = {}): CaptureEaseExplanation {
    const caller = 'CaptureEase.explain';
    requireKnownOptions(caller, options, ['top', 'words']);
    const ease = this.#predict(caller, [row], columnsOf(caller, potential))[0]!;
    const { inputs, shown, open } = readEaseRows(caller, columnsOf(caller, potential), this.#state.minHeadroomShare, 1);
    if (open[0] === 0 || this.#model === null) return { ease, by: open[0] === 0 ? 'noHeadroom' : 'rate', baseline: null, margin: null, reasons: [] };
    const first = (columns: Readonly<Record<EaseInput, Float64Array>>): object => Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[0]]));
    const { baseline, contributions } = this.#model.explain({ ...row, ...first(inputs) });
    const words = { ...INPUT_WORDS, ...options.words } as Readonly<Record<string, string | undefined>>;
    const values = { ...row, ...first(shown) } as Readonly<Record<string, unknown>>;
    const reasons = contributions.filter(({ contribution }) => contribution !== 0).map(({ feature, contribution }) => reasonOf(feature, values[feature], contribution, words[feature] ?? feature));
    return { ease, by: 'model', baseline, margin: contributions.reduce((sum, { contribution }) => sum + contribution, baseline), reasons: reasons.slice(0, options.top ?? Infinity) };
  }

  /**
   * The ease as plain JSON.
   *
   * @returns what {@link CaptureEase.fromJSON} reads
   */
  toJSON(): CaptureEaseState {
    return savedCopy(this.#state);
  }

  #predict(caller: string, data: TableInput, potentials: PotentialColumns): Float64Array {
    const view = readTable(caller, data);
    const rows = readEaseRows(caller, potentials, this.#state.minHeadroomShare, view.rowCount);
    // No rows have no columns either.
    const ease = this.#model === null || rows.rowCount === 0 ? new Float64Array(rows.rowCount).fill(this.#state.rate) : applyCalibrator(this.#calibrator, this.#model.predictProbability(asTable(withInputs(view, rows))));
    return ease.map((p, row) => (rows.open[row] === 1 ? p : 0));
  }
}

/** The table with the built-in inputs beside its own columns. */
export function withInputs(view: TableView, rows: EaseRows): TableView {
  return { rowCount: view.rowCount, names: [...view.names, ...Object.keys(INPUT_WORDS)], source: (name) => inputColumn(rows, name) ?? view.source(name) };
}

function columnsOf(caller: string, potential: EasePotential): PotentialColumns {
  if (Object(potential) !== potential) throw new ClientelaError('INVALID_INPUT', `${caller} needs the potential of the row as an object with present and potential, found ${describeValue(potential)}`);
  const names = ['present', 'potential', 'share', 'potentialLower', 'potentialUpper', 'participation'] as const;
  return Object.fromEntries(names.filter((name) => potential[name] !== undefined).map((name) => [name, [potential[name]]])) as unknown as PotentialColumns;
}

function reasonOf(feature: string, value: unknown, contribution: number, name: string): EaseReason {
  const oddsFactor = Math.exp(contribution);
  const is = value === null || value === undefined || value !== value ? 'is not known' : `= ${typeof value === 'number' ? Number(value.toPrecision(3)) : typeof value === 'string' ? value : describeValue(value)}`;
  const moves = Math.abs(contribution) < 0.005 ? 'hardly moves the odds' : contribution > 0 ? `raises the odds ${Number(oddsFactor.toPrecision(3))} times` : `lowers the odds to ${Number((100 * oddsFactor).toPrecision(3))} %`;
  return { feature, value, direction: contribution > 0 ? 'raises' : 'lowers', contribution, oddsFactor, text: `${name} ${is} ${moves}` };
}
