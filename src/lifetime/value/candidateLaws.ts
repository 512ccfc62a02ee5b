import type { BuyingModel } from '../buying/buyingModel.js';
import type { BuyingOptions } from '../buying/buyingOptions.js';
import { fitBgNbd } from '../buying/bgNbd/fitBgNbd.js';
import { fitMbgNbd } from '../buying/bgNbd/fitMbgNbd.js';
import { fitBgCnbdK } from '../buying/cnbd/fitBgCnbdK.js';
import { fitMbgCnbdK } from '../buying/cnbd/fitMbgCnbdK.js';
import { fitNbd } from '../buying/nbd/fitNbd.js';
import { fitParetoNbd } from '../buying/paretoNbd/fitParetoNbd.js';
import type { PurchaseHistories } from '../purchaseHistories.js';
import type { LifetimeValueLaw } from './lifetimeValueReport.js';

/** How each law is learnt. */
export const CANDIDATE_FITS: Readonly<Record<LifetimeValueLaw, (customers: PurchaseHistories, options: BuyingOptions) => BuyingModel>> = {
  mbgNbd: fitMbgNbd,
  paretoNbd: fitParetoNbd,
  bgNbd: fitBgNbd,
  nbd: fitNbd,
  mbgCnbdK: fitMbgCnbdK,
  bgCnbdK: fitBgCnbdK,
};

/** Laws that are tried when none are named: that of regular times only where the times between purchases are known. */
export function usualLaws({ sumLogGaps }: PurchaseHistories): LifetimeValueLaw[] {
  return ['mbgNbd', 'paretoNbd', 'bgNbd', 'nbd', ...(sumLogGaps === undefined ? [] : (['mbgCnbdK'] as const))];
}
