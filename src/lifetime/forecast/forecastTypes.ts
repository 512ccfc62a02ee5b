import type { Duration } from '../../data/duration.js';
import type { Instant } from '../../data/instant.js';
import type { ColumnValues, TableInput } from '../../data/table.js';
import type { ValueFigure } from '../value/valueSums.js';

/** Who is expected to come. */
export interface ArrivalPlan {
  /** How many in every period, or in each of them (one a period); they come evenly within it, their number varying by chance (Poisson). */
  readonly perPeriod: number | readonly number[];
  /** Their covariates, where the law of buying has some. */
  readonly covariates?: Readonly<Record<string, number>>;
}

/** What to forecast. */
export interface ForecastPortfolioOptions {
  /** How many periods; a whole number from 1. */
  readonly periods: number;
  /** How long each is: calendar months are calendar months. @defaultValue { months: 1 } */
  readonly every?: Duration;
  /** Where the first period begins: the end of observation of the customers. @defaultValue that of the summary or the log */
  readonly asOf?: Instant;
  /** New customers. @defaultValue none */
  readonly newCustomers?: ArrivalPlan;
  /** Twelve factors with mean 1, January first, that multiply the purchases expected in each month. @defaultValue none */
  readonly seasonality?: ArrayLike<number>;
  /** One value for each customer, in their order, or a table of several columns, to sum by. A column alone is called `group`. @defaultValue none */
  readonly by?: ColumnValues | TableInput;
  /** Which columns of `by`. @defaultValue all that are not identifiers */
  readonly dimensions?: readonly string[];
  /** Of the intervals, in (0, 1). @defaultValue that of the model */
  readonly confidence?: number;
}

/** What is bought and brought in one period. */
export interface ForecastFigures {
  /** How many purchases. */
  readonly purchases: ValueFigure;
  /** What they amount to, less what is brought back; null where amounts are not known. */
  readonly revenue: ValueFigure | null;
  /** What is earned of it; null where amounts are not known. */
  readonly margin: ValueFigure | null;
}

/** What new customers do in one period. */
export interface ArrivalFigures extends ForecastFigures {
  /** How many come; their first purchases are among `purchases`. */
  readonly arrivals: number;
}

/** One period, or all of them. */
export interface ForecastPeriod {
  /** UTC epoch milliseconds. */
  readonly start: number;
  /** Not included. */
  readonly end: number;
  /** By what the season multiplies; 1 without seasonality. */
  readonly season: number;
  /** Customers who are there at the start of the forecast. */
  readonly existing: ForecastFigures;
  /** Those who come. */
  readonly coming: ArrivalFigures;
  /** Both. */
  readonly total: ForecastFigures;
}

/** The present customers of one group. */
export interface ForecastGroup {
  /** The value of the dimension; null: missing. */
  readonly name: string | null;
  /** How many. */
  readonly customers: number;
  /** One a period. */
  readonly periods: readonly ForecastFigures[];
  /** All periods together. */
  readonly whole: ForecastFigures;
}

/** What a portfolio is going to buy and bring, period by period. */
export interface PortfolioForecast {
  /** Of the intervals. */
  readonly confidence: number;
  /** False where a model has no standard errors: the intervals know chance only. */
  readonly includesParameters: boolean;
  /** In order. */
  readonly periods: readonly ForecastPeriod[];
  /** All together; estimates are the sums of those of the periods. */
  readonly whole: ForecastPeriod;
  /** Present customers by name of the dimension. */
  readonly by: Readonly<Record<string, readonly ForecastGroup[]>>;
}
