import type { Dimension } from '../../data/readDimensions.js';
import type { SharedLoadings } from '../value/sharedLoadings.js';
import { rowOf, type ForecastCustomers } from './forecastAnswers.js';
import { figuresOf, ForecastSums, sharedVariance, type FigureScale } from './forecastSums.js';
import type { ForecastFigures, ForecastGroup, ForecastPeriod, PortfolioForecast } from './forecastTypes.js';

/** All that a forecast is written from. */
export interface ForecastParts {
  readonly customers: ForecastCustomers;
  readonly sums: ForecastSums;
  readonly coming: ForecastSums;
  readonly loadings: readonly (SharedLoadings | null)[];
  readonly scale: FigureScale;
  readonly dimensions: readonly Dimension[];
  readonly confidence: number;
}

/** The figures of periods and groups. */
export function writeForecast(parts: ForecastParts): PortfolioForecast {
  const { customers, loadings, dimensions, confidence } = parts;
  const { span: { seasons } } = customers;
  let first = 1;
  const by = dimensions.map(({ name, groups, codes }) => {
    const rows = groups.map((group, g) => groupFigures(parts, group, first + g, countOf(customers, codes, g)));
    first += groups.length;
    return [name, rows] as const;
  });
  return Object.freeze({
    confidence,
    includesParameters: loadings.every((part) => part !== null),
    periods: Array.from(seasons, (_, k) => period(parts, k)),
    whole: period(parts, null),
    by: Object.fromEntries(by),
  });
}

/** One period, or all of them. */
function period(parts: ForecastParts, k: number | null): ForecastPeriod {
  const { customers, coming, scale } = parts;
  const { span: { bounds, seasons, times }, arrivals } = customers;
  const periods = seasons.length;
  const at = k ?? periods;
  const both = new ForecastSums(1, periods);
  for (const column of ['purchases', 'earned', 'purchaseVariance', 'earnedVariance'] as const) both[column][at] = parts.sums[column][at]! + coming[column][at]!;
  const lengths = seasons.map((_, j) => times[j + 1]! - times[j]!);
  return {
    start: bounds[k ?? 0]!,
    end: bounds[k === null ? periods : k + 1]!,
    season: k === null ? seasons.reduce((sum, season, j) => sum + season * lengths[j]!, 0) / times[periods]! : seasons[k]!,
    existing: figures(parts, parts.sums, at, k, [0]),
    coming: { arrivals: k === null ? arrivals.reduce((sum, count) => sum + count, 0) : arrivals[k]!, ...figures(parts, coming, at, k, ['coming']) },
    total: figuresOf(both, at, shared(parts, k, [0, 'coming']), scale),
  };
}

function groupFigures(parts: ForecastParts, name: string | null, series: number, customers: number): ForecastGroup {
  const periods = parts.customers.span.seasons.length;
  const from = series * (periods + 1);
  return { name, customers, periods: Array.from({ length: periods }, (_, k) => figures(parts, parts.sums, from + k, k, [series])), whole: figures(parts, parts.sums, from + periods, null, [series]) };
}

function figures(parts: ForecastParts, sums: ForecastSums, at: number, k: number | null, of: readonly (number | 'coming')[]): ForecastFigures {
  return figuresOf(sums, at, shared(parts, k, of), parts.scale);
}

/** Variances from the parameters of sums over these series: of one period, or of all. */
function shared({ customers, loadings }: ForecastParts, k: number | null, of: readonly (number | 'coming')[]): { readonly purchases: number; readonly earned: number } {
  const periods = customers.span.seasons.length;
  const rows = (measure: 'purchases' | 'earned'): (readonly [number, number])[] =>
    of.flatMap((series) => (k === null ? Array.from({ length: periods }, (_, j) => j) : [k]).map((j) => [rowOf(customers, series, measure, j), 1] as const));
  return { purchases: sharedVariance(loadings, rows('purchases')), earned: sharedVariance(loadings, rows('earned')) };
}

function countOf({ terms: { histories: { weights } } }: ForecastCustomers, codes: Int32Array, group: number): number {
  return codes.reduce((sum, code, i) => sum + (code === group ? (weights === null ? 1 : weights[i]!) : 0), 0);
}
