import { describeValue } from '../../data/instant.js';
import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import type { BoostedTreesOptions } from './boostingOptions.js';

const WHOLE = 'as a whole number of at least 1';
const LEAST = 'of 0 or more';
const ABOVE = 'above 0';
const BETWEEN = 'between 0 and 1';
const SHARE = 'above 0, at most 1';
const POWER = 'between 1 and 2';
const BINS = 'as a whole number from 2 to 255';
const SEED = 'as a whole number';

/** The options that are a number, all decided. */
export type BoostingSettings = Readonly<Record<BoostingFigure, number>>;

type BoostingFigure =
  | 'quantile' | 'tweediePower' | 'trees' | 'learningRate' | 'maxLeaves' | 'maxDepth'
  | 'minLeafRows' | 'minLeafWeight' | 'l1' | 'l2' | 'minGain' | 'pathSmoothing'
  | 'rowShare' | 'featureShare' | 'featureSharePerSplit' | 'maxBins' | 'categorySmoothing' | 'seed';

/** The options that are a number: what they are unless given, and what they must be. */
const FIGURES: { readonly [Figure in keyof BoostingSettings]: readonly [usual: number, needs: string] } = {
  quantile: [0.5, BETWEEN],
  tweediePower: [1.5, POWER],
  trees: [100, WHOLE],
  learningRate: [0.05, SHARE],
  maxDepth: [Infinity, WHOLE],
  minLeafWeight: [0.001, LEAST],
  l1: [0, LEAST],
  l2: [1, LEAST],
  minGain: [0, LEAST],
  pathSmoothing: [5, LEAST],
  rowShare: [1, SHARE],
  featureShare: [1, SHARE],
  maxBins: [255, BINS],
  categorySmoothing: [2, LEAST],
  seed: [1, SEED],
  // Decided by the size of the data where they are not given.
  maxLeaves: [0, WHOLE],
  minLeafRows: [0, ABOVE],
  featureSharePerSplit: [0, SHARE],
};

const OTHERS = ['target', 'positive', 'features', 'weights', 'loss', 'monotone', 'earlyStopping', 'onProgress'];
const LOSSES = ['logistic', 'multinomial', 'squared', 'absolute', 'quantile', 'poisson', 'gamma', 'tweedie'];

/** The numbers among the options, with what is usual where none is given; refuses options that no fit could be meant by. */
export function decideSettings(caller: string, options: BoostedTreesOptions): BoostingSettings {
  requireKnownOptions(caller, options, [...OTHERS, ...Object.keys(FIGURES)]);
  const { loss, earlyStopping = false } = options;
  const monotone = options.monotone ?? {};
  if (loss !== undefined) requireChoice(caller, 'loss', loss, LOSSES);
  for (const name of Object.keys(monotone)) requireChoice(caller, `monotone.${name}`, monotone[name], ['increasing', 'decreasing']);
  if (earlyStopping !== false) {
    requireKnownOptions(caller, earlyStopping, ['rounds', 'share', 'time', 'rows']);
    requireFigure(caller, 'earlyStopping.rounds', earlyStopping.rounds ?? 1, WHOLE);
    requireFigure(caller, 'earlyStopping.share', earlyStopping.share ?? 0.5, BETWEEN);
  }
  const decided = Object.entries(FIGURES).map(([name, [usual, needs]]) => {
    const given = options[name as keyof BoostingSettings];
    if (given !== undefined) requireFigure(caller, name, given, needs);
    return [name, given ?? usual];
  });
  return Object.fromEntries(decided) as BoostingSettings;
}

function requireFigure(caller: string, option: string, value: unknown, needs: string): void {
  const x = value as number;
  const whole = Number.isSafeInteger(x);
  const meets: Readonly<Record<string, boolean>> = {
    [WHOLE]: whole && x > 0,
    [LEAST]: x >= 0 && x < Infinity,
    [ABOVE]: x > 0 && x < Infinity,
    [BETWEEN]: x > 0 && x < 1,
    [SHARE]: x > 0 && x <= 1,
    [POWER]: x > 1 && x < 2,
    [BINS]: whole && x > 1 && x < 256,
    [SEED]: whole,
  };
  if (typeof value === 'number' && meets[needs] === true) return;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} ${needs}, found ${describeValue(value)}`, { option, value });
}

/** What hangs on the size of the data where it is not given: more rows bear larger trees, and of a few features all are wanted. */
export function settleSizes(figures: BoostingSettings, weight: number, features: number): BoostingSettings {
  return {
    ...figures,
    maxLeaves: figures.maxLeaves || (weight < 20_000 ? 8 : 15),
    minLeafRows: figures.minLeafRows || Math.min(20, weight / 20),
    featureSharePerSplit: figures.featureSharePerSplit || Math.max(0.4, Math.min(1, 5 / features)),
  };
}
