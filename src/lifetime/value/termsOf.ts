import type { EventLog } from '../../data/eventLog.js';
import { ClientelaError } from '../../errors.js';
import type { LifetimeValueState } from './lifetimeValueState.js';
import type { ValueOptions } from './lifetimeValueTypes.js';
import { historiesOf, isLog, readValueHistories, type ValueHistories } from './valueHistories.js';
import { valueTerms, type ValueTerms } from './valueTerms.js';

/** All parts of the values of customers, from their log or their histories. */
export function termsOf(caller: string, model: LifetimeValueState, customers: EventLog | ValueHistories, options: ValueOptions): ValueTerms {
  if (isLog(customers)) return valueTerms(caller, model, readValueHistories(caller, historiesOf(customers, model.buying.unit, model.reading, options)), options);
  if (options.asOf === undefined) return valueTerms(caller, model, readValueHistories(caller, customers), options);
  throw new ClientelaError('INVALID_OPTION', `${caller} takes asOf with a log only; a summary ends where it was made to`, { option: 'asOf' });
}
