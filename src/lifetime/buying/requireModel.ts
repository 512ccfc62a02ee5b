import { describeValue } from '../../data/instant.js';
import { requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import type { BuyingModel } from './buyingModel.js';

/** Refuses what is no model of purchases, by its shape. */
export function requireModel(caller: string, model: BuyingModel): void {
  if (typeof (model as unknown) === 'object' && (model as unknown) !== null && 'law' in model && 'timeOf' in model) return;
  throw new ClientelaError('INVALID_INPUT', `${caller} needs a model of purchases first, found ${describeValue(model)}; learn one with fitMbgNbd or another fit`, { function: caller });
}

/** More columns than this are no distribution but a misprint. */
const MOST = 100_000;

/** The last number of purchases that has an entry of its own. */
export function requireMost(caller: string, most: number, least: number): number {
  requireWhole(caller, 'most', most, least);
  if (most <= MOST) return most;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs most up to ${MOST}, found ${most}; ask for a tail with purchaseProbability`, { function: caller, option: 'most', value: most });
}
