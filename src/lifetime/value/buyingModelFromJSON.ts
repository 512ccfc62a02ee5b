import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import type { BuyingModel } from '../buying/buyingModel.js';
import { BgNbd } from '../buying/bgNbd/bgNbd.js';
import { MbgNbd } from '../buying/bgNbd/mbgNbd.js';
import { BgCnbdK } from '../buying/cnbd/bgCnbdK.js';
import { MbgCnbdK } from '../buying/cnbd/mbgCnbdK.js';
import { Nbd } from '../buying/nbd/nbd.js';
import { ParetoNbd } from '../buying/paretoNbd/paretoNbd.js';

/**
 * The model of purchases that a `toJSON` gave, whichever it is: `BgNbd`, `MbgNbd`, `ParetoNbd`, `Nbd`, `BgCnbdK` or `MbgCnbdK`. Who knows which it is takes
 * the `fromJSON` of its class, and a page then loads that class only.
 *
 * @param json - the parsed JSON
 * @returns the same model: its answers are equal to the last bit
 * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
 * @example
 * ```ts
 * import { Nbd } from 'clientela/lifetime';
 * const model = Nbd.fromParameters({ unit: 'week', r: 0.5, alpha: 10 });
 * buyingModelFromJSON(JSON.parse(JSON.stringify(model))).format; // => 'Nbd'
 * ```
 */
export function buyingModelFromJSON(json: unknown): BuyingModel {
  const format: unknown = (Object(json) as Readonly<Record<string, unknown>>)['format'];
  switch (format) {
    case 'BgNbd':
      return BgNbd.fromJSON(json);
    case 'MbgNbd':
      return MbgNbd.fromJSON(json);
    case 'ParetoNbd':
      return ParetoNbd.fromJSON(json);
    case 'Nbd':
      return Nbd.fromJSON(json);
    case 'BgCnbdK':
      return BgCnbdK.fromJSON(json);
    case 'MbgCnbdK':
      return MbgCnbdK.fromJSON(json);
    default:
      throw new ClientelaError('MODEL_FORMAT', `buyingModelFromJSON needs what toJSON of a model of purchases gave (parsed), found ${describeValue(format ?? json)}`, { format });
  }
}
