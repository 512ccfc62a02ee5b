import type { AnyPanel } from './panel.js';
import { churnPanel } from './churn/panel.js';
import { lifetimePanel } from './lifetime/panel.js';
import { pathsPanel } from './paths/panel.js';
import { potentialPanel } from './potential/panel.js';
import { propensityPanel } from './propensity/panel.js';
import { scoresPanel } from './scores/panel.js';
import { segmentsPanel } from './segments/panel.js';

/** The panels, in the order of the page. */
export const panels: readonly AnyPanel[] = [segmentsPanel, scoresPanel, propensityPanel, pathsPanel, potentialPanel, churnPanel, lifetimePanel];
