import type { Duration } from '../../data/duration.js';
import type { Holdings } from '../../data/holdings.js';
import type { Instant } from '../../data/instant.js';
import type { ColumnNameOf } from '../../data/table.js';

/**
 * A way from what is known of a customer to the probability of a product: the rate of the product among all (`'popularity'`), similar products
 * held (`'neighbours'`), ridge regression of every product on all others (`'ease'`), implicit factors (`'factors'`), a logistic regression a product
 * on the profile, on the other holdings or on both, boosted trees a product on both, and a mixture of all these (`'stack'`).
 */
export type PropensityMethod = 'popularity' | 'neighbours' | 'ease' | 'factors' | 'holdings' | 'profile' | 'profile and holdings' | 'boosted trees' | 'stack';

/** What a propensity matrix is to learn from. */
export interface PropensityMatrixOptions<Data = readonly object[]> {
  /** Who holds what. With a `horizon`, since when (and until when); otherwise what is held at the moment: `holdings.heldAt(moment)` where some have ended. */
  readonly holdings: Holdings;
  /** What was newly taken in the window after the moment of `holdings`. @defaultValue found by the dates of `holdings` where a `horizon` is given */
  readonly taken?: Holdings;
  /** How long the window is: the probabilities are those of newly taking a product within it. Without it and without `taken`, those of holding it. Who held a product once is left out of it: whether it was taken again is not known. */
  readonly horizon?: Duration;
  /** The end of the last window. @defaultValue the last `since` in `holdings`, or the end of its day when every date is a midnight (UTC) */
  readonly observedUntil?: Instant;
  /** How many windows, one before the other, to learn from: more takers of each product, if times have not changed. Profiles are taken as they are. @defaultValue 1 */
  readonly windows?: number;
  /** What is known of the customers, one row each, as it was at the moment of `holdings`: a Frame, rows or columns. Only these customers are learnt from. */
  readonly customers?: Data;
  /** The column that names the customer. @defaultValue the one of kind `id`, or the one called `customer` */
  readonly customer?: ColumnNameOf<Data>;
  /** The columns of the profile. @defaultValue all but identifiers and constant ones */
  readonly features?: readonly ColumnNameOf<Data>[];
  /** Columns not to learn from, such as what is known only afterwards. */
  readonly exclude?: readonly ColumnNameOf<Data>[];
  /** The column with the date since when somebody is a customer: learnt from in windows that begin later only. */
  readonly joined?: ColumnNameOf<Data>;
  /** The column with the date at which somebody left: learnt from in windows that begin before only. */
  readonly left?: ColumnNameOf<Data>;
  /** Which ways to try. @defaultValue those that the data and their size allow; the report says which were left out */
  readonly methods?: readonly PropensityMethod[];
  /** A product with fewer takers has no probability of its own: it is refused. @defaultValue 5 */
  readonly minPositives?: number;
  /** A product with fewer takers has its method chosen together with the others like it. @defaultValue 30 */
  readonly fewPositives?: number;
  /** In how many folds of customers, each left out in turn, methods are compared. @defaultValue 5 */
  readonly folds?: number;
  /** Chance, made repeatable. @defaultValue 1 */
  readonly seed?: number;
  /** Confidence of the intervals, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
  /** Called after each step; returning false ends with what is chosen so far. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => boolean | undefined;
}
