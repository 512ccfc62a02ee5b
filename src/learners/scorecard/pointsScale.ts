import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';

/** How scores are scaled; every number by its name, as cards differ in what they call base, odds and rate. */
export interface PointsOptions {
  /** The score that stands for `odds`. @defaultValue 600 */
  readonly base?: number;
  /** Odds of the positive value at that score, positive to other: 1 / 19 is a probability of 5 %. @defaultValue 1 / 19 */
  readonly odds?: number;
  /** How many points double the odds (or halve them, see `higherMeans`); above 0. @defaultValue 50 */
  readonly pointsToDoubleOdds?: number;
  /**
   * Whether a higher score makes the positive value more or less likely: `'less likely'` when it is a loss and many points are good, as in
   * credit. @defaultValue 'likelier'
   */
  readonly higherMeans?: 'likelier' | 'less likely';
}

/** From log-odds to points: score = offset + factor * log-odds. */
export interface PointsScale {
  /** The score that stands for `odds`. */
  readonly base: number;
  /** Odds of the positive value at that score. */
  readonly odds: number;
  /** How many points double (or halve) the odds. */
  readonly pointsToDoubleOdds: number;
  /** Whether a higher score makes the positive value more or less likely. */
  readonly higherMeans: 'likelier' | 'less likely';
  /** Points for one unit of log-odds; negative when a higher score means less likely. */
  readonly factor: number;
  /** Score at even odds. */
  readonly offset: number;
}

/** The scale asked for: factor = points to double the odds / ln 2, offset = base - factor * ln(odds). */
export function requireScale(caller: string, options: PointsOptions): PointsScale {
  requireKnownOptions(`${caller} (points)`, options, ['base', 'odds', 'pointsToDoubleOdds', 'higherMeans']);
  const { base = 600, odds = 1 / 19, pointsToDoubleOdds = 50, higherMeans = 'likelier' } = options;
  const needs = (option: string, value: number, least: number, what: string): void => {
    if (typeof value === 'number' && value > least && value < Infinity) return;
    throw new ClientelaError('INVALID_OPTION', `${caller} needs points.${option} as ${what}, found ${describeValue(value)}`, { option, value });
  };
  needs('base', base, -Infinity, 'a finite number');
  needs('odds', odds, 0, 'odds above 0, such as 1 / 19');
  needs('pointsToDoubleOdds', pointsToDoubleOdds, 0, 'a number above 0; which way scores run is said by higherMeans');
  requireChoice(caller, 'points.higherMeans', higherMeans, ['likelier', 'less likely']);
  const factor = (higherMeans === 'likelier' ? pointsToDoubleOdds : -pointsToDoubleOdds) / Math.LN2;
  return { base, odds, pointsToDoubleOdds, higherMeans, factor, offset: base - factor * Math.log(odds) };
}

/** The scale as a sentence nobody can read the wrong way round. */
export function scaleInWords({ base, odds, pointsToDoubleOdds, higherMeans }: PointsScale, event: string): string {
  const ratio = odds < 1 ? `1 to ${short(1 / odds)}` : `${short(odds)} to 1`;
  const change = higherMeans === 'likelier' ? 'double' : 'halve';
  return `${short(base)} points mean odds of ${ratio} for ${event} (a probability of ${short((100 * odds) / (1 + odds))} %); every ${short(pointsToDoubleOdds)} points more ${change} these odds`;
}

const short = (value: number): string => String(Number(value.toPrecision(4)));
