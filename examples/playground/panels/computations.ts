import type { AnyComputation } from './panel.js';
import { churnComputation } from './churn/compute.js';
import { lifetimeComputation } from './lifetime/compute.js';
import { pathsComputation } from './paths/compute.js';
import { potentialComputation } from './potential/compute.js';
import { propensityComputation } from './propensity/compute.js';
import { scoresComputation } from './scores/compute.js';
import { segmentsComputation } from './segments/compute.js';

/** What the worker can compute; the page's own bundle never loads this. */
export const computations: readonly AnyComputation[] = [segmentsComputation, scoresComputation, propensityComputation, pathsComputation, potentialComputation, churnComputation, lifetimeComputation];
