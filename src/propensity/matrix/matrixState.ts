import type { DesignVariant } from '../products/designState.js';
import type { ProductUncertaintyState } from '../products/productUncertainty.js';
import type { ProductCertificate } from '../stack/certificate.js';
import type { Heads } from '../stack/heads.js';
import type { MethodChoice } from '../stack/methodTypes.js';
import type { Stack } from '../stack/stackedLogits.js';
import type { EngineMethod } from './engines.js';
import type { PropensityMethod } from './matrixOptions.js';
import type { Designs } from './scoreRows.js';

/** How the methods did for one product. */
export interface ProductMethods extends MethodChoice {
  /** The product. */
  readonly product: string;
}

/** What was learnt from, what was tried, and how good it is. */
export interface PropensityReport {
  /** Whether the probabilities are those of newly taking a product within the horizon, or of holding it. */
  readonly question: 'takes' | 'holds';
  /** The windows learnt from, the last first; none where `taken` was given or holding is the question. */
  readonly windows: readonly { readonly from: string; readonly to: string }[];
  /** Customers given. */
  readonly customers: number;
  /** Those there when a window began, once for each: what is learnt from. */
  readonly rows: number;
  /** Rows on which methods were compared, each by models that had not seen its customer. */
  readonly judgedRows: number;
  /** Methods tried, the simplest first, with their mean log loss over all judged cells. */
  readonly methods: readonly { readonly method: PropensityMethod; readonly logLoss: number }[];
  /** Methods not tried, and why. */
  readonly leftOut: readonly { readonly method: PropensityMethod; readonly reason: string }[];
  /** For each product the losses of all methods, and the method chosen. */
  readonly products: readonly ProductMethods[];
  /** For each product what its probabilities are good for. */
  readonly certificates: readonly ProductCertificate[];
  /** Columns of the profile that were no use, and why. */
  readonly leftOutColumns: readonly { readonly column: string; readonly reason: string }[];
  /** The penalty of EASE that foretold best; null where EASE was not tried. */
  readonly ridge: number | null;
  /** Confidence of all intervals. */
  readonly confidence: number;
  /** Whether `onProgress` ended the trials early. */
  readonly stopped: boolean;
  /** What to look at. */
  readonly warnings: readonly string[];
}

/** A `PropensityMatrix` as JSON. */
export interface PropensityMatrixState {
  /** Which class reads it. */
  readonly format: 'PropensityMatrix';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** In the order of the columns. */
  readonly products: readonly string[];
  /** How long the window is, such as `90d`; null where no `horizon` was given. */
  readonly horizon: string | null;
  /** The column that named the customer; null where none was given. */
  readonly customer: string | null;
  /** The columns of the profile that are used; none where no profile was given. */
  readonly features: readonly string[];
  /** The method of each product. */
  readonly methods: readonly PropensityMethod[];
  /** The method where it is not known what a customer holds. */
  readonly newcomers: 'profile' | 'popularity';
  /** What the methods have learnt, in a form of their own: not meant to be read. */
  readonly learnt: object;
  /** What `report` says. */
  readonly report: PropensityReport;
}

/** What is in `learnt`. */
export interface LearntParts {
  /** How customers become 0/1 columns. */
  readonly designs: Designs;
  /** What each method needed has learnt. */
  readonly engines: Readonly<Partial<Record<EngineMethod, unknown>>>;
  /** From the scores of each to log-odds. */
  readonly heads: Readonly<Partial<Record<EngineMethod, Heads>>>;
  /** The mixture, where a product uses it: of which methods, and how. */
  readonly stack: { readonly engines: readonly EngineMethod[]; readonly state: Stack } | null;
  /** How sure the probabilities are. */
  readonly uncertainty: { readonly variant: DesignVariant; readonly state: ProductUncertaintyState } | null;
}
